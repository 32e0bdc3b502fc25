extension StyleSheet {
    /// Narrow screens and paper.
    static let media = """
        @media screen and (min-width:901px) and (max-width:1060px){
        .cases th,.cases td{padding:9px 10px}
        .cases tbody th{white-space:normal}
        .cases td:last-child,.cases th:last-child{display:none}}
        @media screen and (max-width:900px){
        body{font-size:16px}
        .wrap{padding:0 16px}
        .masthead{padding:24px 0 18px}
        h1{font-size:23px}
        .cases thead{display:none}
        .cases,.cases tbody{display:block}
        .cases tr{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:8px 12px;padding:14px 16px;
        border-bottom:1px solid var(--line)}
        .cases tbody tr:last-child{border-bottom:0}
        .cases tbody th,.cases td{display:block;border:0;padding:0}
        .cases tbody th,.cases .title{grid-column:1/-1}
        .cases td[data-name]::before{content:attr(data-name);display:block;color:var(--muted);font-size:13px}
        .cases .number{text-align:left}
        .columns{grid-template-columns:minmax(0,1fr)}
        .case>summary,.content{padding-left:16px;padding-right:16px}
        .case>summary h2{flex-wrap:wrap;position:relative;padding-right:24px}
        .case>summary h2::after{position:absolute;right:0;top:6px}
        .case>summary h2 span:last-child{flex-basis:100%}
        .rows>div{grid-template-columns:minmax(0,1fr);padding:5px 0}
        .finding>summary{flex-wrap:wrap;position:relative;padding-right:28px}
        .finding .title{flex-basis:60%}
        .finding .kind{flex-basis:100%;padding-left:26px}
        .finding>summary::after{position:absolute;right:12px;top:14px}
        .finding>div{padding-left:14px}
        .message>summary{padding:8px 4px}
        .message .label{flex-basis:100%}
        .message>summary::after{display:none}
        .slot:empty{display:none}
        .message .dir,.message .time,.message>summary .num{min-width:0}}
        @media print{
        :root{--page:#fff;--surface:#fff}
        body{font-size:10.5pt}
        .wrap{max-width:none;padding:0}
        .masthead{border:0;padding:0 0 10pt}
        .case{border:0;border-top:1px solid var(--line);border-radius:0}
        .case>summary h2::after,.finding>summary::after,.back,.messages{display:none}
        .case::details-content,.finding::details-content{content-visibility:visible;height:auto}
        .cases th,.cases td{padding:4pt 6pt}
        .cases{font-size:9.5pt}
        .cases tbody th{font-size:8.5pt;white-space:normal}
        .cases td:last-child,.cases th:last-child{display:none}
        .badge{font-size:9pt;padding-right:7px;gap:4px}
        .content,.case>summary{padding:6pt 0}
        .finding,.row,.panel,.cases tr{break-inside:avoid}
        h2,h3,summary{break-after:avoid}
        .scroll{overflow:visible;border:0;padding:0}
        .scroll svg{width:100%;height:auto}
        a{color:inherit;text-decoration:none}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}

        """
}
