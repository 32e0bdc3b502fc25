extension StyleSheet {
    /// The table of cases and the section of each case.
    static let cases = """
        table.cases{width:100%;border-collapse:separate;border-spacing:0;background:var(--surface);
        border:1px solid var(--line);border-radius:10px;margin:0 0 24px;font-variant-numeric:tabular-nums}
        .overview h2{margin:30px 0 10px}
        .cases th,.cases td{padding:10px 14px;text-align:left;vertical-align:top;
        border-bottom:1px solid var(--line)}
        .cases tbody tr:last-child>*{border-bottom:0}
        .cases thead th{color:var(--muted);font-size:13px;font-weight:500}
        .cases tbody th{font:500 13px/24px var(--mono);white-space:nowrap}
        .cases .number{text-align:right}
        .cases td.number{white-space:nowrap}
        .aside{display:flex;gap:5px;margin-top:4px;align-items:center;color:var(--muted);font-size:13px;
        white-space:nowrap}
        .title .aside{white-space:normal}
        .aside .icon{width:13px;height:13px}
        .case{background:var(--surface);border:1px solid var(--line);border-radius:10px;margin:0 0 14px}
        .case>summary{padding:14px 20px;cursor:pointer;list-style:none;border-radius:10px}
        summary::-webkit-details-marker{display:none}
        .case>summary h2{display:flex;gap:10px;align-items:baseline;font-size:16px}
        .case>summary h2::after,.finding>summary::after,.message>summary::after,.messages>summary::after{content:"";
        flex:none;width:7px;height:7px;margin:0 4px 0 auto;border:solid var(--muted);border-width:0 1.6px 1.6px 0;
        transform:rotate(45deg);align-self:center}
        .case[open]>summary h2::after,.finding[open]>summary::after,.message[open]>summary::after,
        .messages[open]>summary::after{
        transform:rotate(-135deg)}
        .case>summary:hover,.finding>summary:hover,.message>summary:hover{background:var(--sunken)}
        .case .id{font-weight:600;font-size:.9em;white-space:nowrap}
        .case>summary .icon{align-self:center}
        .content{padding:4px 20px 20px;border-top:1px solid var(--line)}
        .content h3{margin:26px 0 10px}
        .description{margin-top:14px;max-width:75ch}
        .verdicts{display:flex;flex-wrap:wrap;gap:12px 32px;margin-top:14px;font-variant-numeric:tabular-nums}
        .verdicts dd{line-height:24px}
        .columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:24px 40px}
        .rows>div{display:grid;grid-template-columns:124px minmax(0,1fr);gap:2px 16px;padding:3px 0}
        .rows dd{overflow-wrap:anywhere;white-space:pre-line}
        .columns ul{margin-bottom:18px}
        .procedure{list-style:none;padding:0}
        .procedure li{display:flex;gap:12px;padding:3px 0;align-items:baseline}
        .step{flex:none;min-width:80px;text-align:center;font-size:12px;line-height:20px;background:var(--tab);
        border-radius:4px;padding:0 6px}
        .altered{display:block;color:var(--warning)}
        .unchecked{display:block;color:var(--muted)}
        .finding{border:1px solid var(--line);border-left:4px solid var(--tone);border-radius:6px;margin-bottom:6px}
        .finding>summary{display:flex;gap:4px 10px;align-items:baseline;padding:7px 12px;cursor:pointer;
        list-style:none;border-radius:6px}
        .finding>summary .icon{align-self:center}
        .finding .title{flex:1;min-width:0}
        .finding .kind,.unjudged small{color:var(--muted);font-size:13px}
        .finding>div{padding:6px 14px 12px 38px;border-top:1px solid var(--line)}
        .finding>summary::after{margin-left:4px}
        .evidence{list-style:none;padding:0}
        .evidence .dir{color:var(--muted)}
        .place{font-weight:600}
        .unjudged{list-style:none;padding:0}
        .messages{margin-top:26px}
        .messages>summary{cursor:pointer;list-style:none;display:flex;border:1px solid var(--line);
        border-radius:6px;padding:8px 12px}
        .messages>summary h3{margin:0}
        .messages>summary:hover{background:var(--sunken)}
        .message{border-bottom:1px solid var(--line)}
        .message>summary{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:baseline;padding:6px 12px;
        cursor:pointer;list-style:none;font-size:13px}
        .slot{width:16px;flex:none;align-self:center;line-height:0}
        .message>summary .num{min-width:32px;text-align:right}
        .message .time{color:var(--muted);min-width:76px;text-align:right}
        .message .dir{min-width:88px}
        .message .label{font-family:var(--mono);min-width:0;overflow-wrap:anywhere;flex:1}
        .protocol{font-weight:600;font-size:12px;color:var(--proto);min-width:38px}
        .sip{--proto:var(--sip)}
        .msrp{--proto:var(--msrp)}
        .tcp{--proto:var(--tcp)}
        .message>div{padding:2px 12px 14px}
        .meta{color:var(--muted);font-size:13px;margin-bottom:6px;overflow-wrap:anywhere}
        .meta .icon{width:13px;height:13px;vertical-align:-2px;margin-right:3px}
        .bytes{margin:0;padding:12px 14px;background:var(--sunken);border:1px solid var(--line);border-radius:6px;
        font-size:12.5px;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:4}
        .eol{color:var(--muted);opacity:.75;user-select:none;font-size:.85em}
        .odd{color:var(--odd);font-weight:600;background:var(--sunken);outline:1px dotted currentColor;
        outline-offset:-1px;border-radius:2px}
        .back{margin-top:22px;font-size:13px}
        :target{scroll-margin-top:64px}
        .message>div:target .bytes,.finding>div:target{box-shadow:0 0 0 2px var(--link)}

        """
}
