namespace ChaosHarness.Allure.Charts;

/// <summary>
/// The colours of the charts, by what they stand for, in light and dark. Good and bad differ in lightness and in place too, for readers who cannot tell red
/// from green. Classes with plain values: viewers that are no browsers know no variables.
/// </summary>
internal static class ChartStyle
{
    public const string Css = """
        .paper{fill:#fff}.ink{fill:#111827}.soft{fill:#4b5563}.wrong{fill:#b91c1c}.right{fill:#166534}
        text.over{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
        .grid{stroke:#e5e7eb;fill:none}.edge{stroke:#9ca3af;fill:none}
        .good{fill:#86efac}.bad{fill:#b91c1c}.failed{stroke:#b91c1c;fill:none;stroke-width:1.2}
        .fault{fill:#fca5a5;stroke:#b91c1c}.weakness{fill:#fde68a;stroke:#b45309}.strike{stroke:#b91c1c;fill:none;stroke-dasharray:4 3}
        .rto{fill:#bfdbfe;fill-opacity:.45}.limit{stroke:#1d4ed8;fill:none}.rta{fill:#1d4ed8;fill-opacity:.55}.never{fill:#b91c1c;fill-opacity:.2}
        .median{stroke:#111827;fill:none;stroke-width:1.5}.slowest{stroke:#0f766e;fill:none;stroke-width:1.5;stroke-dasharray:2 1}
        .open{fill:#9d174d}.half{fill:#f59e0b}.closed{fill:#cbd5e1}.state{fill:#c4b5fd}.noticed{fill:#22d3ee}.promoted{fill:#6d28d9}
        .on{fill:#fff}.step{fill:#e0e7ff;stroke:#818cf8}.step-bad{fill:#fecaca;stroke:#b91c1c}
        .g0{fill:#dbeafe}.g1{fill:#93c5fd}.g2{fill:#3b82f6}.g3{fill:#1d4ed8}.g4{fill:#172554}
        .b0{fill:#fee2e2}.b1{fill:#fca5a5}.b2{fill:#ef4444}.b3{fill:#b91c1c}.b4{fill:#7f1d1d}
        @media (prefers-color-scheme:dark){
        .paper{fill:#0d1117}.ink{fill:#f3f4f6}.soft{fill:#b6bfca}.wrong{fill:#fca5a5}.right{fill:#86efac}
        text.over{stroke:#0d1117}
        .grid{stroke:#30363d}.edge{stroke:#6b7280}
        .good{fill:#166534}.bad{fill:#f87171}.failed{stroke:#f87171}
        .fault{fill:#7f1d1d;stroke:#f87171}.weakness{fill:#78350f;stroke:#fbbf24}.strike{stroke:#f87171}
        .rto{fill:#1e3a8a}.limit{stroke:#93c5fd}.rta{fill:#93c5fd}.never{fill:#f87171}
        .median{stroke:#f3f4f6}.slowest{stroke:#2dd4bf}
        .open{fill:#f472b6}.half{fill:#fbbf24}.closed{fill:#475569}.state{fill:#6d28d9}.noticed{fill:#0e7490}.promoted{fill:#c4b5fd}
        .on{fill:#0d1117}.step{fill:#1e1b4b;stroke:#818cf8}.step-bad{fill:#7f1d1d;stroke:#f87171}
        .g0{fill:#172554}.g1{fill:#1d4ed8}.g2{fill:#3b82f6}.g3{fill:#93c5fd}.g4{fill:#dbeafe}
        .b0{fill:#7f1d1d}.b1{fill:#b91c1c}.b2{fill:#ef4444}.b3{fill:#fca5a5}.b4{fill:#fee2e2}
        }
        """;
}
