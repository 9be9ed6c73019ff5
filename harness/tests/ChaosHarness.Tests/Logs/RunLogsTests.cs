using ChaosHarness.Logs;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Logs;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunLogsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogLines _database = new("database");
    private readonly LogLines _service = new("service");

    [Test]
    public void An_excerpt_holds_the_lines_around_its_moment_and_no_others()
    {
        var logs = Listening();
        Write(_database, "early", 0);
        Write(_database, "before", 4.5);
        Write(_database, "after", 5.5);
        Write(_database, "late", 20);

        var excerpt = logs.Around("injection", TimeSpan.FromSeconds(5)).Single();

        Assert.That(excerpt.Component, Is.EqualTo("database"));
        Assert.That(excerpt.Moment, Is.EqualTo("injection"));
        Assert.That(excerpt.Lines, Is.EqualTo(new[] { new LogLine(TimeSpan.FromSeconds(4.5), "before"), new LogLine(TimeSpan.FromSeconds(5.5), "after") }));
    }

    [Test]
    public void Of_many_lines_the_nearest_are_kept()
    {
        var logs = Listening();
        for (var i = 0; i < 100; i++)
        {
            Write(_service, $"line {i}", i * 0.01);
        }

        var lines = logs.Around("recovery", TimeSpan.FromSeconds(0.5)).Single().Lines;

        Assert.That(lines.Select(line => line.Text), Is.EqualTo(Enumerable.Range(30, 40).Select(i => $"line {i}")));
    }

    [Test]
    public void Secrets_are_masked_and_endless_lines_cut()
    {
        var logs = Listening();
        _service.Add("Password=hunter2");
        _service.Add(new string('x', 5000));
        _service.Add(new string('x', 1000));

        var lines = logs.Around("injection", TimeSpan.Zero).Single().Lines;

        Assert.That(lines[0].Text, Is.EqualTo("Password=***"));
        Assert.That(lines[1].Text, Has.Length.EqualTo(1003));
        Assert.That(lines[2].Text, Has.Length.EqualTo(1000));
    }

    [Test]
    public void A_private_key_is_masked_in_all_of_its_lines()
    {
        var logs = Listening();
        foreach (var line in new[] { "key:", "-----BEGIN PRIVATE KEY-----", "hunter2", "hunter2", "-----END PRIVATE KEY-----", "after" })
        {
            _service.Add(line);
        }

        Assert.That(logs.Around("injection", TimeSpan.Zero).Single().Lines.Select(line => line.Text), Is.EqualTo(new[] { "key:", "***", "***", "***", "***", "after" }));
    }

    [Test]
    public void The_ends_of_the_time_belong_to_it_and_components_are_in_order()
    {
        var logs = Listening();
        Write(_service, "a second before", 4);
        Write(_database, "three seconds after", 8);

        var excerpts = logs.Around("injection", TimeSpan.FromSeconds(5));

        Assert.That(excerpts.Select(excerpt => (excerpt.Component, excerpt.Lines.Single().Text)), Is.EqualTo(new[] { ("database", "three seconds after"), ("service", "a second before") }));
        Assert.That(logs.Around("recovery", TimeSpan.FromSeconds(20)), Is.Empty, "a component that wrote nothing then has no excerpt");
    }

    [Test]
    public void Of_a_long_run_the_last_ten_thousand_lines_are_kept()
    {
        var logs = Listening();
        Write(_service, "the first", 0);
        for (var i = 1; i < 10_000; i++)
        {
            Write(_service, "more", 10);
        }

        Assert.That(logs.Around("injection", TimeSpan.Zero), Has.Count.EqualTo(1));
        Write(_service, new string('x', 1000), 10);
        Assert.That(logs.Around("injection", TimeSpan.Zero), Is.Empty);
    }

    [Test]
    public void Nothing_is_heard_after_the_end()
    {
        var logs = new RunLogs(new RunClock(_time));
        logs.ListenTo(_service).Dispose();
        _service.Add("too late");

        Assert.That(logs.Around("injection", TimeSpan.Zero), Is.Empty);
    }

    private RunLogs Listening()
    {
        var logs = new RunLogs(new RunClock(_time));
        _ = logs.ListenTo(_service);
        _ = logs.ListenTo(_database);
        return logs;
    }

    private void Write(LogLines log, string line, double at)
    {
        _time.Advance(TimeSpan.FromSeconds(at) - (_time.GetUtcNow() - _time.Start));
        log.Add(line);
    }
}
