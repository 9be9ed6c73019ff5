using System.Collections.Concurrent;
using ChaosHarness.Calls;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Faults;

/// <summary>All that one injection needs, and the calls that its faults were made.</summary>
internal sealed class InjectionPlace : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _calls = new();

    public InjectionPlace(TimeProvider? time = null, Func<Stream, Stream>? journalThrough = null)
    {
        Time = time ?? new FakeTimeProvider();
        Clock = new RunClock(Time);
        History = new HistoryWriter(Clock);
        Folder = NewFolder();
        Journal = FaultJournal.Create(Folder, "run", Time, journalThrough);
        Lever = new HaltLever(CancellationToken.None);
        Injection = new FaultInjection(Clock, History, Journal, Lever, new CallLimits(), "shop");
    }

    public TimeProvider Time { get; }

    public FakeTimeProvider Fake => (FakeTimeProvider)Time;

    public RunClock Clock { get; }

    public HistoryWriter History { get; }

    public string Folder { get; }

    public FaultJournal Journal { get; }

    public HaltLever Lever { get; }

    public FaultInjection Injection { get; }

    public IReadOnlyList<string> Calls => [.. _calls];

    // All of it: while the time stands still, what comes after a look is placed behind it, and another look at the same time does not see it.
    public IReadOnlyList<FaultWindow> Windows => History.LookAtAll().Faults;

    public IReadOnlyList<string> Notes => [.. History.LookAtAll().Marks.Select(mark => $"{mark.Source}: {mark.Detail}")];

    public ValueTask Note(string call)
    {
        _calls.Enqueue(call);
        return ValueTask.CompletedTask;
    }

    public TestFault Break(string name, string? target = null) => new("break " + name, target ?? name) { Apply = _ => Note("+" + name), Revert = _ => Note("-" + name) };

    public Task<ActiveFault> InjectAsync(Fault fault, CancellationToken cancellationToken = default) =>
        Injection.InjectAsync(fault, Injection.Declare(fault, Clock.Now), cancellationToken);

    public Task PassAsync(double seconds) => Fake.UntilAsync(Task.Delay(TimeSpan.FromSeconds(seconds), Fake), 50);

    public async Task<IReadOnlyList<string>> RevertAllAsync() =>
        Time is FakeTimeProvider fake ? await fake.UntilAsync(Injection.RevertAllAsync(), 50) : await Injection.RevertAllAsync();

    // In memory where there is such a place: every line of a journal is flushed, and a busy disk takes its time.
    private static string NewFolder() => Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/injection-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("injection-").FullName;

    public async ValueTask DisposeAsync()
    {
        await RevertAllAsync();
        await Injection.DisposeAsync();
        Journal.Dispose();
        Lever.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
