using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>The blast radius.</summary>
internal static class LimitsSection
{
    public static readonly Field<double> Targets = new("targets", new NumberForm(1, 1000) { IsWhole = true }, "The most components and links that one experiment may hit. Default: 5.");

    public static readonly Field<double> Share = new("share", Texts.Share, "The most of all components and links that one experiment may hit; one may always be hit. Default: 50%.");

    public static readonly Section Section = new("limits", "The blast radius. Experiments beyond it are left out, and said so.", [Targets, Share]);
}
