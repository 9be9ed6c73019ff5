using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace ChaosHarness.Architecture.Tests;

/// <summary>The arrows of the house: experiments and reports, then fixtures, then adapters, then the core.</summary>
public sealed class ArrowTests
{
    private static readonly System.Reflection.Assembly Core = typeof(ChaosHarness.Experiments.Experiment).Assembly;
    private static readonly System.Reflection.Assembly NUnitAdapter = typeof(ChaosHarness.NUnit.ExperimentAttribute).Assembly;
    private static readonly System.Reflection.Assembly Fixtures = typeof(ChaosHarness.Fixtures.OrderSystems.OrderSystem).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Core, NUnitAdapter, Fixtures).Build();

    [Test]
    public void The_core_knows_no_adapter_and_no_fixture() =>
        Types().That().ResideInAssembly(Core).Should().NotDependOnAny(Types().That().ResideInAssembly(NUnitAdapter).Or().ResideInAssembly(Fixtures)).Check(House);

    [Test]
    public void The_adapter_for_nunit_knows_no_fixture() =>
        Types().That().ResideInAssembly(NUnitAdapter).Should().NotDependOnAny(Types().That().ResideInAssembly(Fixtures)).Check(House);

    [Test]
    public void The_core_references_no_test_framework_no_cloud_and_no_driver()
    {
        var references = Core.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal));

        Assert.That(references, Is.EquivalentTo(new[] { "HdrHistogram", "Microsoft.Win32.Primitives" }));
    }

    [Test]
    public void Faults_workloads_and_measurement_meet_only_in_the_history()
    {
        const string Root = "ChaosHarness.";
        (string From, string To)[] forbidden =
        [
            ("Measurement", "Faults"), ("Measurement", "Experiments"), ("Measurement", "Safety"),
            ("Workloads", "Faults"), ("Workloads", "Measurement"), ("Workloads", "Experiments"),
            ("Probes", "Faults"), ("Probes", "Measurement"), ("Probes", "Experiments"), ("Probes", "Workloads"),
            ("Timing", "Probes"), ("Timing", "Measurement"), ("Timing", "Experiments"), ("Timing", "Faults"),
        ];
        foreach (var (from, to) in forbidden)
        {
            Types().That().ResideInNamespace(Root + from)
                .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($"^ChaosHarness\\.{to}(\\..*)?$"))
                .Because($"{from} and {to} know nothing of each other")
                .Check(House);
        }
    }

    [Test]
    public void No_type_is_called_a_manager_helper_or_utility()
    {
        var names = new[] { Core, NUnitAdapter, Fixtures }.SelectMany(assembly => assembly.GetTypes()).Select(type => type.Name).Where(name => !name.StartsWith('<'));

        Assert.That(names.Where(name => name.Contains("Manager", StringComparison.Ordinal) || name.Contains("Helper", StringComparison.Ordinal) || name.Contains("Util", StringComparison.Ordinal)), Is.Empty);
    }
}
