using ChaosHarness.Safety;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Safety;

/// <summary>What holds of any faults, whatever they hit and however long each takes to be undone. Times are in tenths of a second.</summary>
public sealed class RevertOrderTests
{
    private const int Limit = 20;
    private const int Never = 1_000;
    private static readonly string[] s_components = ["db", "DB", "cache"];

    private static readonly Gen<Undoing> AnyUndoing =
        from targets in Gen.Int[0, 7]
        from takes in Gen.Frequency((4, Gen.Int[0, 12]), (2, Gen.Int[18, 22]), (1, Gen.Const(Never)))
        select new Undoing([.. s_components.Where((_, bit) => (targets >> bit & 1) == 1)], takes);

    [Test]
    public void Every_fault_is_undone_exactly_once() => AnyUndoing.Array[0, 8].Sample(faults =>
    {
        var undone = new Undone(faults).Pass(faults.Length * Limit);
        Assert.That(undone.Began.Select(began => began.Count), Has.All.EqualTo(1));
    });

    [Test]
    public void The_last_applied_is_undone_first_on_each_target_and_none_waits_longer_than_the_limit_for_another() => AnyUndoing.Array[0, 8].Sample(faults =>
    {
        var undone = new Undone(faults).Pass(faults.Length * Limit);
        var ended = new int[faults.Length];
        for (var number = 0; number < faults.Length; number++)
        {
            var newer = Enumerable.Range(0, number).Where(other => faults[other].SharesTargetWith(faults[number])).Select(other => ended[other]);
            var begins = Math.Min(newer.DefaultIfEmpty(0).Max(), Limit);
            ended[number] = begins + faults[number].Takes;
            Assert.That(undone.Began[number].Single(), Is.EqualTo(begins), $"fault {number}");
        }
    });

    [Test]
    public void Faults_of_different_targets_have_all_begun_at_once_however_long_each_takes() => Gen.Int[0, Never].Array[1, 8].Sample(times =>
    {
        var undone = new Undone([.. times.Select((takes, number) => new Undoing([$"component {number}"], takes))]);
        Assert.That(undone.Began.Select(began => began.Single()), Has.All.Zero);
    });

    [Test]
    public void Each_result_stands_where_its_fault_stands() => Gen.Select(Gen.Int[0, 7], Gen.Int[0, 30]).Select((targets, takes) => new Undoing([.. s_components.Where((_, bit) => (targets >> bit & 1) == 1)], takes)).Array[0, 8].Sample(faults =>
    {
        var undone = new Undone(faults).Pass(faults.Length * 31);
        Assert.That(undone.All.IsCompletedSuccessfully, Is.True);
        Assert.That(undone.All.Result, Is.EqualTo(Enumerable.Range(0, faults.Length)));
    });

    [Test]
    public void The_limit_is_two_seconds() => Assert.That(RevertOrder.LongestWait, Is.EqualTo(Undone.Tenth * Limit));

    private sealed record Undoing(string[] Targets, int Takes)
    {
        public bool SharesTargetWith(Undoing other) => Array.Exists(Targets, target => Array.IndexOf(other.Targets, target) >= 0);

        public override string ToString() => $"{string.Join('+', Targets)}: {Takes}";
    }

    private sealed class Undone
    {
        public static readonly TimeSpan Tenth = TimeSpan.FromMilliseconds(100);
        private readonly FakeTimeProvider _time = new();
        private int _now;

        public Undone(IReadOnlyList<Undoing> faults)
        {
            // Without a context of the test's own nothing leaves this thread: what a step sets off has happened when it returns.
            SynchronizationContext.SetSynchronizationContext(null);
            Began = [.. faults.Select(_ => new List<int>())];
            All = RevertOrder.RunAsync([.. faults.Select(fault => fault.Targets)], RevertAsync, _time);

            async Task<int> RevertAsync(int number)
            {
                Began[number].Add(_now);
                await Task.Delay(Tenth * faults[number].Takes, _time);
                return number;
            }
        }

        public IReadOnlyList<List<int>> Began { get; }

        public Task<int[]> All { get; }

        public Undone Pass(int tenths)
        {
            while (_now < tenths)
            {
                _now++;
                _time.Advance(Tenth);
            }

            return this;
        }
    }
}
