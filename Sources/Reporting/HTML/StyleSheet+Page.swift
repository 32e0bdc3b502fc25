extension StyleSheet {
    /// The page as a whole, its head, and the marks.
    static let page = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-padding-top:12px}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 var(--sans);overflow-wrap:break-word}
        .wrap{max-width:1180px;margin:0 auto;padding:0 24px}
        a{color:var(--link);text-underline-offset:2px}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);
        outline-offset:2px;border-radius:4px}
        h1,h2,h3,h4{font-weight:600;line-height:1.3;margin:0}
        h1{font-size:28px;letter-spacing:-.01em;text-wrap:balance}
        h2{font-size:17px}
        h3{font-size:15px}
        h4{font-size:13px;color:var(--muted);margin:0 0 6px}
        h2 small,h3 small{font-weight:400;color:var(--muted);font-size:13px;margin-left:6px}
        small{font-size:13px}
        code,.bytes,.id,.num,.time{font-family:var(--mono);font-variant-ligatures:none}
        code{font-size:13px;overflow-wrap:anywhere}
        dl,dd,ul,ol,p,figure{margin:0}
        ul,ol{padding-left:20px}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .definitions{position:absolute;width:0;height:0}
        .masthead{background:var(--surface);border-bottom:1px solid var(--line);padding:36px 0 24px}
        .eyebrow{color:var(--muted);font-size:13px;margin-bottom:6px}
        .lead{display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px;margin:12px 0 20px}
        .facts{display:flex;flex-wrap:wrap;gap:12px 36px;font-variant-numeric:tabular-nums}
        .facts dt,.verdicts dt,.rows dt{color:var(--muted);font-size:13px}
        .facts dd{overflow-wrap:anywhere}
        .facts .wide{flex-basis:100%}
        .facts .wide code{display:block;background:var(--sunken);border:1px solid var(--line);border-radius:6px;
        padding:8px 12px;margin-top:4px}
        .icon{width:16px;height:16px;flex:none;vertical-align:-3px}
        .icon .body,.body{fill:currentColor}
        .sign{fill:none;stroke:var(--sign);stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
        .ring,.stroke{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round}
        .pass{--tone:var(--pass);--ground:var(--pass-ground)}
        .fail{--tone:var(--fail);--ground:var(--fail-ground)}
        .inconclusive{--tone:var(--inconclusive);--ground:var(--inconclusive-ground)}
        .error{--tone:var(--error);--ground:var(--error-ground)}
        .warning{--tone:var(--warning);--ground:var(--warning-ground)}
        .not-applicable,.out-of-time,.not-judged{--tone:var(--quiet);--ground:var(--quiet-ground)}
        .icon{color:var(--tone)}
        .badge{display:inline-flex;align-items:center;gap:6px;padding:2px 10px 2px 6px;border-radius:999px;
        font-size:13px;font-weight:600;line-height:20px;color:var(--tone);background:var(--ground);
        white-space:nowrap}
        .masthead .badge{font-size:15px;padding:4px 14px 4px 8px}
        .notice{background:var(--inconclusive-ground);border-left:4px solid var(--inconclusive);
        border-radius:0 6px 6px 0;padding:10px 14px;margin:16px 0}
        .summary{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:16px;
        margin:24px 0}
        .panel{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:18px 20px}
        .figure{margin:8px 0 12px}
        .figure b{font-size:26px;font-weight:600;letter-spacing:-.01em}
        .bar{display:block;width:100%;height:8px;border-radius:4px}
        .bar rect{fill:var(--tone)}
        .counts{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin-top:12px;font-size:13px}
        .counts li{display:flex;gap:6px;align-items:center}
        footer.wrap{color:var(--muted);font-size:13px;padding-top:20px;padding-bottom:40px}
        .environment{margin:32px 0 8px}
        .environment h2{margin-bottom:12px}

        """
}
