import XMLTree

/// Places inside a root element: which child to take, level by level; the root itself is the empty place.
extension XMLElement {
    /// The place of the one element that the steps lead to, or nil when there is none or more than one.
    ///
    /// RFC 4825 §6.3
    func place(of steps: some Collection<NodeSelector.Step>) -> [Int]? {
        guard let first = steps.first, !first.named(among: [.element(self)]).isEmpty, first.position ?? 1 == 1,
            first.isSatisfied(by: self)
        else { return nil }
        var places: [(place: [Int], element: XMLElement)] = [([], self)]
        for step in steps.dropFirst() {
            places = places.flatMap { place, element in
                step.selected(among: element.children).map { (place + [$0.index], $0.element) }
            }
        }
        return places.count == 1 ? places[0].place : nil
    }

    func element(at place: [Int]) -> XMLElement? {
        var element = self
        for index in place {
            guard element.children.indices.contains(index), case .element(let child) = element.children[index] else {
                return nil
            }
            element = child
        }
        return element
    }

    /// The root with another element at the place.
    func changing(_ place: [Int], _ change: (XMLElement) -> XMLElement) -> XMLElement {
        guard let index = place.first else { return change(self) }
        guard children.indices.contains(index), case .element(let child) = children[index] else { return self }
        var children = children
        children[index] = .element(child.changing(Array(place.dropFirst()), change))
        return with(children: children)
    }

    /// The namespaces declared at the place, by prefix, its own included.
    func declarations(at place: [Int]) -> [String: String] {
        var element = self
        var declarations = declarations
        for index in place {
            guard element.children.indices.contains(index), case .element(let child) = element.children[index] else {
                break
            }
            element = child
            declarations.merge(element.declarations) { _, inner in inner }
        }
        return declarations.filter { !$0.key.isEmpty || !$0.value.isEmpty }
    }
}

extension NodeSelector.Step {
    /// The indices of the elements that have the name.
    func named(among children: [XMLNode]) -> [Int] {
        children.indices.filter { index in
            guard case .element(let element) = children[index] else { return false }
            return name == nil || element.name == name
        }
    }

    func isSatisfied(by element: XMLElement) -> Bool {
        guard let attribute else { return true }
        return element.attribute(attribute.name.local, namespace: attribute.name.namespace) == attribute.value
    }

    fileprivate func selected(among children: [XMLNode]) -> [(index: Int, element: XMLElement)] {
        var indices = named(among: children)
        if let position { indices = indices.indices.contains(position - 1) ? [indices[position - 1]] : [] }
        return indices.compactMap { index in
            guard case .element(let element) = children[index], isSatisfied(by: element) else { return nil }
            return (index, element)
        }
    }
}
