using System.Diagnostics;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Safety;

public sealed class HaltWatchTests
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
    private HaltLever _lever = null!;

    [SetUp]
    public void MakeLever() => _lever = new HaltLever(CancellationToken.None);

    [TearDown]
    public void Remove()
    {
        _lever.Dispose();
        File.Delete(_file);
    }

    [Test]
    public async Task An_order_halts_within_a_tenth_of_a_second_also_when_the_pool_has_no_thread_left()
    {
        using var stop = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        var blocked = Enumerable.Range(0, 50).Select(_ => Task.Run(() => never.Wait(CancellationToken.None))).ToList();
        var watching = new HaltWatch(new RunClock(TimeProvider.System), _lever, ["/nowhere/HALT", _file]).RunAsync(stop.Token);
        Assert.That(_lever.Reason, Is.Null);

        using var halted = new ManualResetEventSlim();
        _lever.OnHalt(halted.Set);
        var watch = Stopwatch.StartNew();
        HaltOrder.Engage(_file, new HaltOrder("ann", "the pager rings"));
        halted.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
        var took = watch.Elapsed;
        never.Set();
        await Task.WhenAll(blocked);
        await stop.CancelAsync();
        await watching;

        Assert.That(_lever.Reason, Is.EqualTo($"halted by ann: the pager rings ({_file})"));
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(2)), "100 ms, and what a busy machine adds");
    }

    [Test]
    public async Task Orders_are_looked_for_twenty_times_a_second()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var stop = new CancellationTokenSource();
        var watching = new HaltWatch(new RunClock(time), _lever, [_file]).RunAsync(stop.Token);
        await time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(1), time), 10);
        await File.WriteAllTextAsync(_file, "");
        await time.UntilAsync(Task.Delay(TimeSpan.FromMilliseconds(60), time), 10);
        var reason = _lever.Reason;
        await stop.CancelAsync();
        await watching;

        Assert.That(reason, Is.EqualTo($"the halt file '{_file}' exists"));
    }

    [Test]
    public async Task Without_a_file_to_look_for_nothing_runs() => await new HaltWatch(new RunClock(TimeProvider.System), _lever, []).RunAsync(CancellationToken.None);
}
