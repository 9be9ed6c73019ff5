using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>A container by what a compose project runs it for.</summary>
internal static class ComposeSection
{
    public static readonly Field<string> Project = new("project", Texts.Name, "The name of the project; docker compose ls lists them.") { IsRequired = true };

    public static readonly Field<string> Service = new("service", Texts.Name, "The service of its file.") { IsRequired = true };

    public static readonly Field<double> Number = new("number", new NumberForm(1, 1000) { IsWhole = true }, "Which of several containers of the service, from 1. Default: the only one.");

    public static readonly Section Section = new("compose", "A container by what a compose project runs it for.", [Project, Service, Number]);
}
