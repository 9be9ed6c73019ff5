namespace ChaosHarness.Reports.Pages;

/// <summary>How the page looks: light, dark, on paper, and on a phone.</summary>
internal static class PageStyle
{
    /// <summary>The head of a page that needs nothing else: no script, no font, no request.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="style">What it looks like beside what all pages do.</param>
    public static Html Head(string title, Html style = default) => Html.Of($"""
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <link rel="icon" href="data:,">
        <title>{title}</title>
        <style>{Css}{style}</style>
        </head>
        """);

    /// <summary>The choice of colours, which needs no script.</summary>
    public static Html Themes => Html.Of($"""
        <fieldset class="theme"><legend>Colours</legend>
        <label><input type="radio" name="theme" id="theme-system" checked> System</label>
        <label><input type="radio" name="theme" id="theme-light"> Light</label>
        <label><input type="radio" name="theme" id="theme-dark"> Dark</label></fieldset>
        """);

    public static Html Css => Html.Of($$$"""
        :root{color-scheme:light dark;--bg:light-dark(#fff,#111827);--fg:light-dark(#111827,#e5e7eb);--soft:light-dark(#4b5563,#a3adba);--card:light-dark(#f9fafb,#1b2534);--edge:light-dark(#d1d5db,#3b475a);--link:light-dark(#1d4ed8,#93b4ff);--good:light-dark(#15803d,#4ade80);--bad:light-dark(#b91c1c,#f87171);--warn:light-dark(#92400e,#fbbf24)}
        :root:has(#theme-light:checked){color-scheme:light}
        :root:has(#theme-dark:checked){color-scheme:dark}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1rem;max-width:75rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        a{color:var(--link)}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.5rem;z-index:1}
        header{display:flex;flex-wrap:wrap;gap:1rem;justify-content:space-between}
        h1{margin:0;font-size:1.6rem}h2{margin:2rem 0 .5rem;font-size:1.3rem}h3{margin:1rem 0 .3rem;font-size:1.05rem}
        p{margin:.3rem 0}header p,small,footer,.where,dt{color:var(--soft)}
        .theme{border:1px solid var(--edge);border-radius:.5rem;font-size:.85rem;align-self:start}.theme label{margin-right:.6rem;display:inline-block;padding:.2rem 0}
        nav{display:flex;flex-wrap:wrap;gap:1rem;padding:.6rem 0;border-bottom:1px solid var(--edge)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.8rem;margin:1rem 0}
        .tile{display:block;padding:.8rem;border:1px solid var(--edge);border-radius:.6rem;background:var(--card);color:inherit;text-decoration:none}
        .tile strong{display:block;font-size:1.7rem;line-height:1.2}.tile small{display:block}
        .bad strong,.risk strong{color:var(--bad)}.warn strong,.late strong{color:var(--warn)}.good strong{color:var(--good)}
        .note{padding:.6rem;border-left:4px solid var(--warn);background:var(--card)}
        table{border-collapse:collapse;width:100%;font-size:.93rem}
        th,td{padding:.35rem .6rem;border-bottom:1px solid var(--edge);text-align:left;vertical-align:top;overflow-wrap:normal}tbody th{font-weight:500;min-width:12rem}th small{display:block;font-weight:400}
        .wrap{overflow-wrap:anywhere;min-width:6rem}
        caption{text-align:left;font-weight:600;padding:.6rem 0 .2rem}
        .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        .levels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:.8rem}
        .level{padding:.2rem .8rem .8rem;border:1px solid var(--edge);border-radius:.6rem;background:var(--card)}.reached{border:2px solid var(--good)}
        .level ul,.runs{list-style:none;margin:0;padding:0}.level li{margin:.6rem 0;font-size:.9rem}.level span,.level em{display:block}.level em{color:var(--soft)}
        .met strong{color:var(--good)}.unmet strong{color:var(--bad)}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(21rem,100%),1fr));gap:1rem;margin-top:1rem}
        article{padding:.2rem 1rem 1rem;border:1px solid var(--edge);border-radius:.6rem;background:var(--card);font-size:.9rem;content-visibility:auto;contain-intrinsic-size:auto 34rem}
        article:target{border:2px solid var(--link)}
        svg{display:block;width:100%;height:auto}svg path{fill:none;stroke-width:3}.t{font-size:10px;fill:var(--soft);text-anchor:end}
        .axis{stroke:var(--edge);stroke-width:1!important}.rto{stroke:var(--bad);stroke-width:1.2!important;stroke-dasharray:5 3}
        .p{stroke:var(--good)}.f{stroke:var(--bad)}.q{stroke:var(--soft);stroke-dasharray:2 1}.s{stroke:var(--link);stroke-width:1.2!important}
        .spark{display:inline-block;width:6rem;margin-left:.5rem;vertical-align:middle}
        dl{margin:.5rem 0}dl div{display:flex;gap:.6rem;padding:.15rem 0}dt{flex:0 0 7rem}dd{margin:0}
        .runs li{margin:.3rem 0}summary{cursor:pointer;padding:.2rem 0}
        .o{font-weight:600}.Passed{color:var(--good)}.Failed,.Broken,.Invalid{color:var(--bad)}.Halted,.Inconclusive{color:var(--warn)}
        .bar{width:8rem;margin:.2rem 0}.bar .bounds{stroke:var(--fg);stroke-width:1.5}.bar .q{stroke:var(--edge);stroke-dasharray:none}.worse{color:var(--bad);font-weight:600}
        .reason{margin:.8rem 0;content-visibility:visible}pre{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere;font:.9rem/1.45 ui-monospace,monospace}
        @media (max-width:46rem){table.stack,.stack tbody,.stack tr,.stack td,.stack th[scope=row],.stack th[scope=rowgroup]{display:block;border:0;padding:.1rem 0}.stack thead{display:none}.stack caption{display:block}.stack tr{border:1px solid var(--edge);border-radius:.6rem;background:var(--card);padding:.6rem;margin:.6rem 0}.stack td{display:grid;grid-template-columns:9rem minmax(0,1fr);overflow-wrap:anywhere;gap:.4rem;text-align:left;white-space:normal}.stack td::before{content:attr(data-label);color:var(--soft)}.stack td .bar{grid-column:2}}
        .steps{list-style:none;padding:0;margin:.6rem 0}.steps li{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:center;padding:.15rem 0}.steps li span:first-child{flex:0 0 14rem}.blocks{display:inline-flex;gap:3px}.blocks i{width:1.4rem;height:.9rem;border:1px solid var(--soft);border-radius:2px}.blocks .on{background:var(--good);border-color:var(--good);print-color-adjust:exact}
        .how{display:block;color:var(--soft)}.how::before{content:"\2192\a0"}.id{display:block}.first .bar{display:block}
        @page{size:A4;margin:14mm 12mm 16mm;@bottom-right{content:counter(page) " of " counter(pages);font:9px system-ui,sans-serif}@bottom-left{content:"Disaster recovery tests";font:9px system-ui,sans-serif}}
        @media print{:root{color-scheme:light!important}.theme,nav,.skip,summary{display:none}article,.level,tr,.tile,li{break-inside:avoid}h2,h3{break-after:avoid}article{content-visibility:visible}body{max-width:none;padding:0;font-size:10.5px}a{color:inherit;text-decoration:none}details::details-content{content-visibility:visible;display:block}.levels{grid-template-columns:1fr 1fr}.cards{grid-template-columns:1fr 1fr}.tiles{grid-template-columns:repeat(3,1fr)}table{font-size:9.5px}tbody th{min-width:0}}
        """);
}
