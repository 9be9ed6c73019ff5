using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.RabbitMq;
using ChaosHarness.SteadyState;
using ChaosHarness.Workloads;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ChaosHarness.SystemFiles.Tests.Traffic;

/// <summary>Messages to a real RabbitMQ, as a file describes them.</summary>
[Platform("Linux")]
public sealed class AmqpWritesTests
{
    private const long First = 4_711_000_000_000_001;
    private RabbitMqCluster _broker = null!;
    private string _queue = "";

    [OneTimeSetUp]
    public async Task StartBroker() => _broker = await RabbitMqCluster.StartAsync(new RabbitMqOptions { Nodes = 1 });

    [OneTimeTearDown]
    public async Task EndBroker() => await _broker.DisposeAsync();

    [SetUp]
    public async Task MakeQueue()
    {
        _queue = "orders-" + Guid.NewGuid().ToString("N");
        await OnChannelAsync(channel => channel.QueueDeclareAsync(_queue, durable: true, exclusive: false, autoDelete: false));
    }

    [Test]
    public async Task What_was_confirmed_is_read_back_and_stays_in_the_queue()
    {
        await using var system = await StartAsync();
        await WriteAsync(system, 0, 1, 2);

        Assert.That(await StoredAsync(system), Is.EquivalentTo(new[] { First, First + 1, First + 2 }));
        Assert.That(await StoredAsync(system), Is.EquivalentTo(new[] { First, First + 1, First + 2 }), "nothing was taken out");
    }

    [Test]
    public async Task A_quorum_queue_is_read_back_beyond_what_it_gives_a_consumer_by_itself()
    {
        const int More = 2100;
        _queue += "-quorum";
        await OnChannelAsync(async channel =>
        {
            await channel.QueueDeclareAsync(_queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            for (var number = 0; number < More; number++)
            {
                await channel.BasicPublishAsync("", _queue, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"order {First + number}")));
            }
        });
        await using var system = await StartAsync();
        await WriteAsync(system, More);

        Assert.That((await StoredAsync(system)).Order(), Is.EqualTo(Enumerable.Range(0, More + 1).Select(number => First + number)));
    }

    [Test]
    public async Task A_message_that_is_gone_is_lost_and_one_that_is_there_twice_is_doubled()
    {
        await using var system = await StartAsync();
        var fault = Fault.Delegate("take one message out and double another", "broker", async _ => await OnChannelAsync(async channel =>
        {
            await channel.BasicGetAsync(_queue, autoAck: true);
            var kept = await channel.BasicGetAsync(_queue, autoAck: false);
            await channel.BasicPublishAsync("", _queue, kept!.Body);
        }), _ => Task.CompletedTask);
        var run = await new ExperimentRunner(new RunnerOptions()).RunAsync(Experiment
            .Hypothesis("every confirmed message is there once")
            .On(system.System.UnderTest)
            .Workload(system.System.Workloads.Single())
            .SteadyState(new SuccessRate("writes").AtLeast(0.95))
            .Inject(fault));

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), run.Reason);
        Assert.That((run.Find(FigureNames.LostWrites)!.Figure.Lower, run.Find(FigureNames.DuplicatedWrites)!.Figure.Lower), Is.EqualTo((1d, 1d)));
    }

    [Test]
    public async Task A_user_who_is_not_let_in_is_named()
    {
        await using var system = await StartAsync(user: "guest:wrong@");

        Assert.That(
            async () => await WriteAsync(system, 0),
            Throws.InvalidOperationException.With.Message.Contains("'guest'").And.Message.Contains("ACCESS_REFUSED").And.Message.Contains("password").And.Message.Not.Contains("wrong"));
    }

    [Test]
    public async Task A_virtual_host_that_is_not_there_is_named()
    {
        await using var system = await StartAsync(host: "nowhere");

        Assert.That(async () => await WriteAsync(system, 0), Throws.InstanceOf<OperationInterruptedException>().With.Message.Contains("vhost nowhere not found"));
    }

    [Test]
    public async Task A_message_that_comes_to_no_queue_is_not_acknowledged()
    {
        await OnChannelAsync(channel => channel.QueueDeleteAsync(_queue));
        await using var system = await StartAsync();

        Assert.That(async () => await WriteAsync(system, 0), Throws.TypeOf<PublishReturnException>());
    }

    // The exchange is looked for when the message is there already: the broker closes the channel under it.
    [Test]
    public async Task A_channel_that_the_broker_closes_half_way_acknowledges_nothing_and_is_not_waited_for()
    {
        await using var system = await StartAsync(more: "\n    exchange: nowhere");
        var since = Stopwatch.GetTimestamp();

        Assert.That(async () => await WriteAsync(system, 0), Throws.InstanceOf<OperationInterruptedException>().With.Message.Contains("nowhere"));
        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Connections_that_the_broker_ended_meanwhile_fail_no_write()
    {
        await using var system = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => WriteAsync(system, number)));
        await _broker.ControlAsync("close_all_connections", "maintenance");
        await WriteAsync(system, 5, 6, 7, 8, 9);

        Assert.That(await StoredAsync(system), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task A_broker_that_is_down_at_first_is_written_to_when_it_is_there_and_what_it_confirmed_outlives_it()
    {
        var node = _broker.Nodes[0];
        await using var system = await StartAsync();
        await WriteAsync(system, 0);
        await ProcessSignals.KillTreeAsync((await node.FindAsync(default))!.Value, default);
        Assert.That(async () => await WriteAsync(system, 1), Throws.InstanceOf<Exception>(), "nobody is there");
        await using var late = await StartAsync();
        Assert.That(async () => await WriteAsync(late, 2), Throws.InstanceOf<BrokerUnreachableException>());
        await node.RestoreAsync(default);
        await WriteAsync(late, 3);
        await WriteAsync(system, 4);

        Assert.That(await StoredAsync(late), Is.EquivalentTo(new[] { First, First + 3, First + 4 }));
    }

    [Test]
    public async Task A_broker_that_hangs_holds_nobody_for_longer_than_the_write_may_take()
    {
        await using var system = await StartAsync();
        await WriteAsync(system, 0);
        var process = (await _broker.Nodes[0].FindAsync(default))!.Value;
        var since = Stopwatch.GetTimestamp();
        ProcessSignals.FreezeTree(process);
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            Assert.That(async () => await system.System.Workloads.Single().Send(new WriteAttempt(First + 1, 1), limit.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(8)), "with its goodbye");
        }
        finally
        {
            ProcessSignals.ResumeTree(process);
        }

        await WriteAsync(system, 2);

        Assert.That(await StoredAsync(system), Is.SupersetOf(new[] { First, First + 2 }));
    }

    private async Task<RunningSystem> StartAsync(string user = "guest:guest@", string host = "", string more = "") => await SystemFile.Parse(string.Create(CultureInfo.InvariantCulture, $"""
        system: shop
        environment: local
        components:
          - name: broker
            process: no-such-broker
            start: [/bin/true]
        writes:
          timeout: 30s
          amqp:
            connect: amqp://{user}127.0.0.1:{_broker.Ports[0]}/{host}
            queue: {_queue}
            body: order {'{'}id{'}'}{more}
        """)).StartAsync();

    private static async Task WriteAsync(RunningSystem system, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            Assert.That((await system.System.Workloads.Single().Send(new WriteAttempt(First + number, number), CancellationToken.None)).Acknowledged, Is.True);
        }
    }

    private static async Task<IReadOnlyList<long?>> StoredAsync(RunningSystem system)
    {
        var stored = new List<long?>();
        await foreach (var id in system.System.Workloads.Single().Stored!(CancellationToken.None))
        {
            stored.Add(id.Number);
        }

        return stored;
    }

    private async Task OnChannelAsync(Func<IChannel, Task> act)
    {
        await using var connection = await new ConnectionFactory { HostName = "127.0.0.1", Port = _broker.Ports[0] }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await act(channel);
    }
}
