using ChaosHarness.Containers.Faults;
using ChaosHarness.Containers.Networks;
using ChaosHarness.Experiments;
using ChaosHarness.Systems;
using DotNet.Testcontainers.Builders;

namespace ChaosHarness.Containers.Tests.Systems;

public sealed class ContainerSystemTests : RunFixture
{
    [Test]
    public async Task A_compose_project_is_a_system_of_its_services()
    {
        var project = TestContainer.FreeName("shop");
        await using var database = await StartAsync(project, "db", 1, labels => (labels[ContainerLabels.Zone], labels[ContainerLabels.Kind]) = ("a", "database"));
        await using var one = await StartAsync(project, "web", 1);
        await using var two = await StartAsync(project, "web", 2);
        await using var job = await StartAsync(project, "web", 1, labels => labels["com.docker.compose.oneoff"] = "True");
        await using var stranger = await StartAsync(TestContainer.FreeName("other"), "db", 1);

        var system = await ContainerSystem.OfComposeAsync(EngineOfTests.Engine, project) with { Environment = "local" };

        Assert.That(system.UnderTest.Components, Is.EqualTo(new Component[]
        {
            new("db", ComponentKind.Database, "a"),
            new("web-1", ComponentKind.Service),
            new("web-2", ComponentKind.Service),
        }));
        Assert.That(system["web-2"].Search.Shown, Is.EqualTo($"container '{two.Name}'"));
        Assert.That(() => system["cache"], Throws.ArgumentException.With.Message.Contains("'db', 'web-1', 'web-2'"));
        Assert.That(system.Swept.Cases.Select(@case => @case.ToString()), Is.EqualTo(new[]
        {
            "lose db", "lose web-1", "lose web-2", "freeze db", "freeze web-1", "freeze web-2", $"restart {project} one by one",
        }));
        var record = await RunAsync(system["web-2"].Freeze(), system: system.UnderTest);
        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(record.Timeline.Select(entry => (entry.Source, entry.Detail)), Is.SupersetOf(new[] { ("web-2", "frozen"), ("web-2", "goes on") }));
    }

    [Test]
    public async Task Two_projects_of_one_name_are_not_taken_for_one()
    {
        var project = TestContainer.FreeName("shop");
        await using var here = await StartAsync(project, "db", 1, labels => labels["com.docker.compose.project.working_dir"] = "/home/a/shop");
        await using var there = await StartAsync(project, "web", 1, labels => labels["com.docker.compose.project.working_dir"] = "/home/b/shop");

        Assert.That(() => ContainerSystem.OfComposeAsync(EngineOfTests.Engine, project), Throws.TypeOf<NotRunException>().With.Message.Contains("of /home/a/shop and /home/b/shop"));
    }

    [Test]
    public void A_project_that_is_not_up_is_told() =>
        Assert.That(() => ContainerSystem.OfComposeAsync(EngineOfTests.Engine, "nothing-of-it"), Throws.TypeOf<NotRunException>().With.Message.Contains("docker compose up -d --wait"));

    [Test]
    public async Task Containers_with_a_label_are_a_system_by_their_names()
    {
        var label = TestContainer.FreeName("system");
        await using var one = await TestContainer.StartAsync(create => create.Labels = new Dictionary<string, string> { [label] = "yes" });
        await using var two = await TestContainer.StartAsync(create => create.Labels = new Dictionary<string, string> { [label] = "yes", [ContainerLabels.Kind] = "nonsense" });

        var system = await ContainerSystem.OfLabelAsync(EngineOfTests.Engine, "shop", $"{label}=yes");

        Assert.That(system.UnderTest.Components.Select(component => component.Name), Is.EquivalentTo(new[] { one.Name, two.Name }));
        Assert.That(() => ContainerSystem.OfLabelAsync(EngineOfTests.Engine, "shop", $"{label}=no"), Throws.TypeOf<NotRunException>());
    }

    [Test]
    public async Task An_object_of_Testcontainers_is_a_component()
    {
        var engine = EngineOfTests.Engine;
        // Testcontainers asks in a version of its own, unless it is told that of the engine.
        Environment.SetEnvironmentVariable("DOCKER_API_VERSION", (await engine.VersionAsync()).Split("API ")[1]);
        DotNet.Testcontainers.Configurations.TestcontainersSettings.ResourceReaperEnabled = false;
        await using var container = new ContainerBuilder(EngineOfTests.Image).WithDockerEndpoint(engine.Endpoint).WithEntrypoint("/bin/sleep", "600").Build();
        await container.StartAsync();

        var record = await RunAsync(engine.Container(container, "cache", ComponentKind.Cache).Crash());

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(record.Faults.Single().Targets, Is.EqualTo(new[] { "cache" }));
        Assert.That((await engine.FindAsync(container.Id, CancellationToken.None))!.State.Running, Is.True);
    }

    [Test]
    public async Task What_listens_on_the_gateway_of_a_network_is_reached_by_its_containers()
    {
        await using var network = await TestNetwork.CreateAsync(hasSubnet: false);
        var found = await ContainerNetwork.FindAsync(EngineOfTests.Engine, network.Name);
        var address = found.FreeAddress();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPEndPoint.Parse(address));
        listener.Start();
        var accepted = listener.AcceptTcpClientAsync();

        await using var target = await TestContainer.StartAsync(network.Join("client"), command: $"exec 3<>/dev/tcp/{address.Replace(':', '/')}; exec sleep 600");

        using var client = await accepted.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(client.Connected, Is.True);
        Assert.That(() => ContainerNetwork.FindAsync(EngineOfTests.Engine, "no-such-network"), Throws.TypeOf<NotRunException>());
    }

    private static Task<TestContainer> StartAsync(string project, string service, int number, Action<Dictionary<string, string>>? change = null)
    {
        var labels = new Dictionary<string, string>
        {
            ["com.docker.compose.project"] = project,
            ["com.docker.compose.service"] = service,
            ["com.docker.compose.container-number"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        change?.Invoke(labels);
        return TestContainer.StartAsync(create => create.Labels = labels);
    }
}
