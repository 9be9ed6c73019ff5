using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Yaml;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>The whole file.</summary>
internal static class SystemSection
{
    public static readonly Field<string> System = new("system", Texts.Name, "What the system is called.") { IsRequired = true };

    public static readonly Field<string> Environment = new("environment", Texts.Name, "Where it runs, such as local or staging: what may be broken is decided by it.") { IsRequired = true };

    public static readonly Field<SystemReach> Reach = new("reach", new ChoiceForm<SystemReach>(("machine", SystemReach.Machine), ("owned", SystemReach.Owned), ("shared", SystemReach.Shared)), "From where it is reached: machine, this one alone; shared, others too; owned, by this drill alone. Default: owned where the harness runs every component, shared where one is on another machine, or else machine.");

    public static readonly Field<Uri> Engine = new("engine", Texts.Engine, "The engine of its containers. Default: the one that the command docker would use.");

    public static readonly Field<string> SshConfig = new("ssh-config", Texts.Plain, "The configuration of ssh by which its hosts are reached. Default: that of the user.");

    public static readonly Field<IReadOnlyList<Values>> Components = new("components", new ListForm<Values>(ComponentSection.Section), "The parts that it consists of.") { IsRequired = true };

    public static readonly Field<IReadOnlyList<Values>> Links = new("links", new ListForm<Values>(LinkSection.Section), "The connections between them that run through a proxy.");

    public static readonly Field<IReadOnlyList<Values>> Writes = new("writes", new ListForm<Values>(WritesSection.Section), "What its users send.");

    public static readonly Field<IReadOnlyList<Values>> Probes = new("probes", new ListForm<Values>(ProbeSection.Section), "What is looked at all the while.");

    public static readonly Field<Values> SteadyState = new("steady-state", SteadyStateSection.Section, SteadyStateSection.Section.Says);

    public static readonly Field<Values> Objectives = new("objectives", ObjectivesSection.Section, ObjectivesSection.Section.Says);

    public static readonly Field<Values> Faults = new("faults", FaultsSection.Section, FaultsSection.Section.Says);

    public static readonly Field<Values> Limits = new("limits", LimitsSection.Section, LimitsSection.Section.Says);

    public static readonly Section Section = new("system", "A system that experiments break.", [System, Environment, Reach, Engine, SshConfig, Components, Links, Writes, Probes, SteadyState, Objectives, Faults, Limits], Check);

    private static void Check(Values values, Mistakes mistakes)
    {
        if (!values.Has(Writes) && !values.Has(Probes))
        {
            mistakes.Add(values.At, "nobody looks at the system: add writes, or probes.");
        }
    }
}
