using ChaosHarness.Experiments;
using Spectre.Console;

namespace ChaosHarness.Reports.Drills;

/// <summary>The colours of outcomes on terminals.</summary>
internal static class OutcomeColour
{
    public static Color Of(Outcome outcome) => outcome switch
    {
        Outcome.Passed => Color.Green,
        Outcome.Inconclusive => Color.Yellow,
        _ => Color.Red,
    };
}
