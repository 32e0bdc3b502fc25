extension StyleSheet {
    /// Every color, for light and for dark; text on its ground reaches the contrast of WCAG AA.
    package static let colors = """
        :root{color-scheme:light dark;--page:#f6f7f9;--surface:#fff;--sunken:#f1f3f6;--ink:#1c2128;--muted:#57606a;
        --line:#d8dee5;--link:#0b57b0;--pass:#17672f;--pass-ground:#e3f5e8;--fail:#b11226;--fail-ground:#fdeaea;
        --inconclusive:#7a4f00;--inconclusive-ground:#fdf3d3;--error:#6b34b5;--error-ground:#f3ebfc;
        --warning:#9a3d00;--warning-ground:#fdeee2;--quiet:#57606a;--quiet-ground:#eceff3;--sip:#1d4fa8;
        --msrp:#0a6b73;--tcp:#57606a;--band:#f3f5f8;--tab:#dfe5ec;--sign:#fff;--odd:#a3005b;
        --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;
        --mono:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
        @media screen and (prefers-color-scheme:dark){
        :root{--page:#0f1318;--surface:#171c23;--sunken:#10151b;--ink:#e4e9ef;--muted:#9ba7b4;--line:#2d3540;
        --link:#82b6ff;--pass:#79d891;--pass-ground:#14291b;--fail:#ff9d96;--fail-ground:#3a181b;
        --inconclusive:#e6bb55;--inconclusive-ground:#302611;--error:#cfabff;--error-ground:#2a1f3d;
        --warning:#ffb07a;--warning-ground:#351f12;--quiet:#9ba7b4;--quiet-ground:#232a33;--sip:#8bb8ff;
        --msrp:#5ccfc6;--tcp:#9ba7b4;--band:#1b2129;--tab:#2a323d;--sign:#171c23;--odd:#ff8cc6}}

        """
}
