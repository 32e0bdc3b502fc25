extension StyleSheet {
    /// The ladder diagram.
    static let ladder = """
        .scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;padding:12px}
        .scroll svg{display:block;font:12px var(--mono);font-variant-ligatures:none}
        .scroll text{fill:var(--ink)}
        .lifeline{stroke:var(--line);stroke-width:2}
        .head rect{fill:var(--surface);stroke:var(--line);stroke-width:1.5}
        .head.server rect{fill:var(--tab)}
        .head.stranger rect{stroke-dasharray:4 3}
        .head text{text-anchor:middle}
        .head .name{font-weight:600;font-size:14px;font-family:var(--sans)}
        .head .detail{fill:var(--muted);font-size:11px}
        .band .ground{fill:var(--band)}
        .band .tab{fill:var(--tab)}
        .band text{text-anchor:middle;font-size:12px;font-weight:600}
        .row .ground{fill:transparent}
        .row a:hover .ground{fill:var(--tab);fill-opacity:.6}
        .row.cited .ground{fill:var(--ground)}
        .row:target .ground{stroke:var(--link);stroke-width:2}
        .row .num{text-anchor:end;fill:var(--muted)}
        .row .time{text-anchor:end;fill:var(--muted);font-size:11px}
        .row .label{text-anchor:middle;font-size:11.5px;paint-order:stroke;stroke:var(--surface);stroke-width:4px;
        stroke-linejoin:round}
        .row .label,.shaft,.tip,.tail{--proto:var(--tcp)}
        .row.sip *,.key .sip *{--proto:var(--sip)}
        .row.msrp *,.key .msrp *{--proto:var(--msrp)}
        .key .tcp *{--proto:var(--tcp)}
        .row .label{fill:var(--proto)}
        .band~.row .label{stroke:var(--band)}
        .row.cited .label{stroke:var(--ground)}
        .shaft{fill:none;stroke:var(--proto);stroke-width:1.6}
        .shaft.response{stroke-dasharray:5 4}
        .tip{fill:var(--proto)}
        .tip.open{fill:none;stroke:var(--proto);stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
        .tail{fill:var(--proto)}
        .row.cited.fail .label,.row.cited.fail .num{fill:var(--fail);font-weight:600}
        .row.cited.fail .shaft{stroke:var(--fail);stroke-width:2}
        .row.cited.fail .tip,.row.cited.fail .tail{fill:var(--fail)}
        .row.cited.fail .tip.open{fill:none;stroke:var(--fail)}
        .citation text{fill:var(--tone);font-weight:600}
        .citation:hover text{text-decoration:underline}
        .row.cited .citation text{fill:var(--tone)}
        .pause text{text-anchor:middle;fill:var(--muted);font-size:11px;paint-order:stroke;stroke:var(--surface);
        stroke-width:6px}
        .key{display:flex;flex-wrap:wrap;gap:4px 22px;list-style:none;padding:10px 2px 0;color:var(--muted);
        font-size:13px}
        .key li{display:flex;gap:8px;align-items:center}
        .key svg{width:44px;height:12px;flex:none}

        """
}
