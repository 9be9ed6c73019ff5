using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace ChaosHarness.Architecture.Tests;

/// <summary>The arrows of the house: experiments and reports, then fixtures, then the local cloud, Aspire and files of systems, then adapters and processes, then the core.</summary>
public sealed class ArrowTests
{
    private static readonly System.Reflection.Assembly Core = typeof(ChaosHarness.Experiments.Experiment).Assembly;
    private static readonly System.Reflection.Assembly NUnitAdapter = typeof(ChaosHarness.NUnit.ExperimentAttribute).Assembly;
    private static readonly System.Reflection.Assembly Allure = typeof(ChaosHarness.Allure.AllureRecording).Assembly;
    private static readonly System.Reflection.Assembly Toxiproxy = typeof(ChaosHarness.Toxiproxy.Client).Assembly;
    private static readonly System.Reflection.Assembly ToxiproxyServer = typeof(ChaosHarness.Toxiproxy.Server.ToxiproxyServer).Assembly;
    private static readonly System.Reflection.Assembly Aws = typeof(ChaosHarness.Aws.Accounts.AwsAccount).Assembly;
    private static readonly System.Reflection.Assembly Ledger = typeof(ChaosHarness.Ledger.RunLedger).Assembly;
    private static readonly System.Reflection.Assembly Telemetry = typeof(ChaosHarness.Telemetry.TelemetryRecorder).Assembly;
    private static readonly System.Reflection.Assembly LocalCloud = typeof(ChaosHarness.LocalCloud.LocalCloud).Assembly;
    private static readonly System.Reflection.Assembly Aspire = typeof(ChaosHarness.Aspire.AspireSystem).Assembly;
    private static readonly System.Reflection.Assembly Processes = typeof(ChaosHarness.Processes.TopologyFailedException).Assembly;
    private static readonly System.Reflection.Assembly Polly = typeof(ChaosHarness.Polly.BreakerReports).Assembly;
    private static readonly System.Reflection.Assembly GameDay = typeof(ChaosHarness.GameDay.Calendars.DrillCalendar).Assembly;
    private static readonly System.Reflection.Assembly Recovery = typeof(ChaosHarness.Recovery.Postgres.PostgresRestore).Assembly;
    private static readonly System.Reflection.Assembly SystemFiles = typeof(ChaosHarness.SystemFiles.SystemFile).Assembly;
    private static readonly System.Reflection.Assembly Containers = typeof(ChaosHarness.Containers.ContainerSystem).Assembly;
    private static readonly System.Reflection.Assembly Fixtures = typeof(ChaosHarness.Fixtures.OrderSystems.OrderSystem).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Core, NUnitAdapter, Allure, Toxiproxy, ToxiproxyServer, Aws, Ledger, Telemetry, GameDay, Processes, Recovery, Containers, LocalCloud, Aspire, SystemFiles, Polly, Fixtures).Build();

    private static readonly System.Reflection.Assembly[] Adapters = [NUnitAdapter, Allure, Toxiproxy, ToxiproxyServer, Aws, Ledger, Telemetry, GameDay, Processes, Recovery, Containers];

    private static readonly System.Reflection.Assembly[] Above = [LocalCloud, Aspire, SystemFiles, Fixtures];

    [Test]
    public void The_core_knows_no_adapter_and_no_fixture()
    {
        foreach (var other in Adapters.Concat(Above))
        {
            Types().That().ResideInAssembly(Core).Should().NotDependOnAny(Types().That().ResideInAssembly(other)).Check(House);
        }
    }

    [Test]
    public void Adapters_know_no_fixture_and_not_each_other()
    {
        foreach (var adapter in Adapters)
        {
            foreach (var other in Adapters.Concat(Above).Except([adapter]))
            {
                Types().That().ResideInAssembly(adapter).Should().NotDependOnAny(Types().That().ResideInAssembly(other)).Check(House);
            }
        }
    }

    // A service in production refers to it.
    [Test]
    public void What_a_service_refers_to_knows_nothing_of_the_harness()
    {
        foreach (var other in Adapters.Concat(Above).Append(Core))
        {
            Types().That().ResideInAssembly(Polly).Should().NotDependOnAny(Types().That().ResideInAssembly(other)).Check(House);
        }
    }

    [Test]
    public void The_cloud_knows_no_sample_system_and_of_adapters_only_what_it_consists_of()
    {
        foreach (var other in Adapters.Except([Processes, Aws]).Concat([Aspire, SystemFiles, Fixtures]))
        {
            Types().That().ResideInAssembly(LocalCloud).Should().NotDependOnAny(Types().That().ResideInAssembly(other)).Check(House);
        }
    }

    [Test]
    public void An_Aspire_application_knows_of_adapters_only_its_proxies()
    {
        foreach (var other in Adapters.Except([Toxiproxy, ToxiproxyServer]).Concat([LocalCloud, SystemFiles, Fixtures]))
        {
            Types().That().ResideInAssembly(Aspire).Should().NotDependOnAny(Types().That().ResideInAssembly(other)).Check(House);
        }
    }

    [Test]
    public void Files_of_systems_know_no_sample_system_and_of_adapters_only_what_breaks_systems()
    {
        foreach (var other in Adapters.Except([Processes, Toxiproxy, ToxiproxyServer, Containers]).Concat([LocalCloud, Aspire, Fixtures]))
        {
            Types().That().ResideInAssembly(SystemFiles).Should().NotDependOnAny(Types().That().ResideInAssembly(other)).Check(House);
        }
    }

    [Test]
    public void The_engine_of_experiments_in_the_cloud_knows_no_particular_action() =>
        Types().That().ResideInNamespace("ChaosHarness.LocalCloud.Fis")
            .Should().NotDependOnAny(Types().That().ResideInNamespace("ChaosHarness.LocalCloud.Fis.Actions"))
            .Check(House);

    [Test]
    public void Statistics_know_runs_and_no_database() =>
        Types().That().ResideInNamespace("ChaosHarness.Ledger.Statistics").Or().ResideInNamespace("ChaosHarness.Ledger.Gates")
            .Should().NotDependOnAny(Types().That().ResideInNamespace("ChaosHarness.Ledger.Databases"))
            .Check(House);

    [Test]
    public void Toxics_know_streams_and_no_sockets() =>
        Types().That().ResideInNamespace("ChaosHarness.Toxiproxy.Server.Toxics").Or().ResideInNamespace("ChaosHarness.Toxiproxy.Server.Streams")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^ChaosHarness\.Toxiproxy\.Server\.(Connections|Proxies|Api|Hosting|Timing)(\..*)?$"))
            .Because("the machinery of connections knows no particular toxic, and toxics know nothing of connections")
            .Check(House);

    [Test]
    public void The_machinery_of_connections_knows_no_particular_toxic() =>
        Types().That().ResideInNamespace("ChaosHarness.Toxiproxy.Server.Connections").Or().ResideInNamespace("ChaosHarness.Toxiproxy.Server.Streams")
            .Should().NotDependOnAny(Types().That().HaveNameEndingWith("Toxic").And().DoNotHaveName("Toxic").And().DoNotHaveName("IToxic").And().ResideInAssembly(ToxiproxyServer))
            .Check(House);

    [Test]
    public void The_core_references_no_test_framework_no_cloud_and_no_driver()
    {
        var references = Core.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal));

        Assert.That(references, Is.EquivalentTo(new[] { "HdrHistogram", "Microsoft.Win32.Primitives" }));
    }

    [Test]
    public void Allure_results_are_for_any_test_framework()
    {
        var references = Allure.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal));

        Assert.That(references, Is.EqualTo(new[] { "ChaosHarness" }));
    }

    [Test]
    public void No_folder_of_the_core_knows_one_that_stands_above_it_or_beside_it()
    {
        // From the bottom to the top: each may know those of earlier lines.
        string[][] layers =
        [
            ["Timing", "Origins"],
            ["Calls"],
            ["Systems", "Hosts"],
            ["Histories"],
            ["Checkers"],
            ["SteadyState", "Probes", "Safety"],
            ["People"],
            ["Expectations", "Workloads", "Faults", "Logs"],
            ["Schedules"],
            ["Experiments"],
            ["Live", "Scenarios", "Sweeps"],
            ["Journals"],
        ];
        for (var i = 0; i < layers.Length; i++)
        {
            foreach (var folder in layers[i])
            {
                foreach (var other in layers.Skip(i).SelectMany(layer => layer).Where(other => other != folder))
                {
                    InFolder(folder).Should().NotDependOnAny(InFolder(other)).Because($"{folder} stands below or beside {other}").WithoutRequiringPositiveResults().Check(House);
                }
            }
        }

        Assert.That(FoldersOfTheCore().Except(layers.SelectMany(layer => layer)), Is.Empty, "each folder has its place");
    }

    [Test]
    public void Faults_workloads_and_checkers_meet_only_in_the_history()
    {
        (string From, string To)[] forbidden =
        [
            ("Faults", "Checkers"), ("Faults", "Expectations"), ("Faults", "Probes"), ("Schedules", "Checkers"), ("Schedules", "Workloads"),
            ("Workloads", "Checkers"), ("Workloads", "Safety"), ("Probes", "Checkers"), ("Logs", "Histories"),
        ];
        foreach (var (from, to) in forbidden)
        {
            InFolder(from).Should().NotDependOnAny(InFolder(to)).Because($"{from} and {to} know nothing of each other").Check(House);
        }
    }

    [Test]
    public void No_type_is_called_a_manager_helper_or_utility()
    {
        var names = Adapters.Append(Core).Concat(Above).SelectMany(assembly => assembly.GetTypes()).Select(type => type.Name).Where(name => !name.StartsWith('<'));

        Assert.That(names.Where(name => name.Contains("Manager", StringComparison.Ordinal) || name.Contains("Helper", StringComparison.Ordinal) || name.Contains("Util", StringComparison.Ordinal)), Is.Empty);
    }

    private static GivenTypesConjunction InFolder(string folder) => Types().That().ResideInAssembly(Core).And().ResideInNamespaceMatching($"^ChaosHarness\\.{folder}(\\..*)?$");

    private static IEnumerable<string> FoldersOfTheCore() => Core.GetTypes()
        .Select(type => type.Namespace?.Split('.'))
        .Where(parts => parts is ["ChaosHarness", _, ..])
        .Select(parts => parts![1])
        .Distinct();
}
