using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Schedules;
using ChaosHarness.Systems;
using CsCheck;

namespace ChaosHarness.Tests.Schedules;

/// <summary>A schedule drawn at random, and what its words promise where nothing takes any time. Times are in milliseconds.</summary>
internal abstract record RandomSchedule
{
    // Unlike any interval at which something else is looked at.
    private const int Tenth = 107;
    private static readonly Gen<int> AnyId = Gen.Int[0, int.MaxValue];
    private static readonly Gen<int> AnyTime = Gen.Int[1, 5].Select(times => times * Tenth);
    private static readonly Gen<int> AnyPause = Gen.Int[0, 3].Select(times => times * Tenth);

    /// <summary>One of a few levels.</summary>
    public static Gen<RandomSchedule> Any { get; } = OfDepth(3);

    /// <summary>Whether nothing of it is in force once it is over.</summary>
    public virtual bool EndsByItself => true;

    /// <summary>The schedule, made with faults of the given making.</summary>
    public abstract Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act);

    /// <summary>Plays it from a time on.</summary>
    /// <returns>When it is over; null when it waits for ever.</returns>
    public abstract int? Play(Score score, int begin);

    /// <summary>What of it is to strike, for all that is known before it begins.</summary>
    public abstract IEnumerable<RandomSchedule> Strikes { get; }

    /// <summary>The signals that it waits for, with when each is said.</summary>
    public virtual IEnumerable<(string Text, int At)> Signals => [];

    public abstract string Description { get; }

    public sealed override string ToString() => Description;

    private static Gen<RandomSchedule> OfDepth(int depth)
    {
        var strike = AnyId.Select(RandomSchedule (id) => new Strike(id));
        if (depth == 0)
        {
            return Gen.Frequency((5, strike), (1, AnyId.Select(RandomSchedule (id) => new Act(id))));
        }

        var part = OfDepth(depth - 1);
        var several = part.Array[1, 3];
        var lasting = Gen.Select(part, AnyTime).Select(RandomSchedule (what, time) => new Lasts(what, time));
        return Gen.Frequency(
            (1, part),
            (2, lasting),
            (1, Gen.Select(AnyPause, part).Select(RandomSchedule (time, what) => new Begins(time, what))),
            (1, Gen.Select(lasting, Gen.Int[1, 3], AnyPause).Select(RandomSchedule (what, count, pause) => new Repeats(what, count, pause))),
            (1, Gen.Select(AnyId, AnyId.Array[1, 3], AnyTime).Select(RandomSchedule (id, steps, each) => new Ramps(id, [.. steps.Select(step => new Strike(step))], each))),
            (1, Gen.Select(AnyId, Gen.Int[-10, 20], part, AnyPause).Select(RandomSchedule (id, tenths, what, delay) => new Follows(id, tenths, what, delay))),
            (2, several.Select(RandomSchedule (all) => new Together(all))),
            (2, several.Select(RandomSchedule (all) => new InTurn(all))));
    }

    private static string Ms(int time) => string.Create(CultureInfo.InvariantCulture, $"{time}ms");

    public sealed record Strike(int Id) : RandomSchedule
    {
        public override bool EndsByItself => false;

        public override string Description => $"break f{Id}";

        public override IEnumerable<RandomSchedule> Strikes => [this];

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) => fault($"f{Id}");

        public override int? Play(Score score, int begin)
        {
            score.Strikes(this, $"f{Id}", begin);
            return begin;
        }
    }

    public sealed record Act(int Id) : RandomSchedule
    {
        public override string Description => $"do {Id}";

        public override IEnumerable<RandomSchedule> Strikes => [];

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) => Schedule.Do(Description, _ => act(Description));

        public override int? Play(Score score, int begin)
        {
            score.Acts(Description, begin);
            return begin;
        }
    }

    public sealed record Begins(int Time, RandomSchedule What) : RandomSchedule
    {
        public override bool EndsByItself => What.EndsByItself;

        public override string Description => $"{What.Description} at {Ms(Time)}";

        public override IEnumerable<RandomSchedule> Strikes => What.Strikes;

        public override IEnumerable<(string Text, int At)> Signals => What.Signals;

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) => Schedule.At(Ms(Time), What.Make(fault, act));

        public override int? Play(Score score, int begin) => What.Play(score, score.Passes(begin, Time));
    }

    public sealed record Lasts(RandomSchedule What, int Time) : RandomSchedule
    {
        public override string Description => $"{What.Description} for {Ms(Time)}";

        public override IEnumerable<RandomSchedule> Strikes => What.Strikes;

        public override IEnumerable<(string Text, int At)> Signals => What.Signals;

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) => What.Make(fault, act).For(Ms(Time));

        public override int? Play(Score score, int begin)
        {
            var first = score.Count;
            if (What.Play(score, begin) is not { } over)
            {
                return null;
            }

            var then = score.Count;
            var end = score.Passes(over, Time);
            score.UndoesSince(first, end);
            score.InOrder(first, then, score.Count);
            return end;
        }
    }

    public sealed record Repeats(RandomSchedule What, int Count, int Pause) : RandomSchedule
    {
        public override string Description => string.Create(CultureInfo.InvariantCulture, $"{What.Description}, {Count} times, {Ms(Pause)} apart");

        public override IEnumerable<RandomSchedule> Strikes => Enumerable.Repeat(What, Count).SelectMany(step => step.Strikes);

        public override IEnumerable<(string Text, int At)> Signals => What.Signals;

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) => What.Make(fault, act).Times(Count, Ms(Pause));

        public override int? Play(Score score, int begin)
        {
            var turns = Enumerable.Range(0, Count).Select(turn => turn == 0 ? What : new Begins(Pause, What)).ToList();
            return InTurn.Play(turns, score, begin);
        }
    }

    public sealed record Ramps(int Id, IReadOnlyList<Strike> Steps, int Each) : RandomSchedule
    {
        public override string Description => string.Join(", then ", Steps.Select(step => $"{Name} f{step.Id}"));

        private string Name => $"ramp {Id}";

        public override IEnumerable<RandomSchedule> Strikes => Steps;

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) =>
            Schedule.Ramp(Name, [.. Steps.Select(step => $"f{step.Id}")], Ms(Each), step => fault(step));

        public override int? Play(Score score, int begin) => InTurn.Play([.. Steps.Select(step => new Lasts(step, Each))], score, begin);
    }

    /// <summary>Waits for a signal that is said once, or never where its time is negative. Each is said at a moment that belongs to it alone.</summary>
    public sealed record Follows(int Id, int Tenths, RandomSchedule What, int Delay) : RandomSchedule
    {
        public override bool EndsByItself => What.EndsByItself;

        public override string Description => $"{What.Description} after {Signal}";

        public override IEnumerable<RandomSchedule> Strikes => [this];

        public override IEnumerable<(string Text, int At)> Signals => Tenths < 0 ? What.Signals : What.Signals.Append((Text, At));

        public SignalMatch Signal => new(SignalKind.Noted, Detail: Text);

        private string Text => $"<{Id}>";

        private int At => (Tenths * Tenth) + 1 + (Id % 97);

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) => Schedule.After(Signal, What.Make(fault, act), Ms(Delay));

        public override int? Play(Score score, int begin)
        {
            score.IsUndecided |= At == begin;
            if (Tenths < 0 || At < begin)
            {
                return null;
            }

            var begins = score.Passes(At, Delay);
            score.Comes(this, begins);
            return What.Play(score, begins);
        }
    }

    public sealed record Together(IReadOnlyList<RandomSchedule> All) : RandomSchedule
    {
        public override bool EndsByItself => All.All(step => step.EndsByItself);

        public override string Description => string.Join(" and ", All.Select(step => step.Description));

        public override IEnumerable<RandomSchedule> Strikes => All.SelectMany(step => step.Strikes);

        public override IEnumerable<(string Text, int At)> Signals => All.SelectMany(step => step.Signals);

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) => Schedule.InParallel([.. All.Select(step => step.Make(fault, act))]);

        public override int? Play(Score score, int begin)
        {
            var ends = All.Select(step => step.Play(score, begin)).ToList();
            return ends.Contains(null) ? null : ends.Max();
        }
    }

    public sealed record InTurn(IReadOnlyList<RandomSchedule> All) : RandomSchedule
    {
        public override bool EndsByItself => All.All(step => step.EndsByItself);

        public override string Description => string.Join(", then ", All.Select(step => step.Description));

        public override IEnumerable<RandomSchedule> Strikes => All.SelectMany(step => step.Strikes);

        public override IEnumerable<(string Text, int At)> Signals => All.SelectMany(step => step.Signals);

        public override Schedule Make(Func<string, Fault> fault, Func<string, ValueTask> act) => Schedule.InSequence([.. All.Select(step => step.Make(fault, act))]);

        public override int? Play(Score score, int begin) => Play(All, score, begin);

        public static int? Play(IReadOnlyList<RandomSchedule> all, Score score, int begin)
        {
            var (first, now) = (score.Count, begin);
            foreach (var step in all)
            {
                var then = score.Count;
                if (step.Play(score, now) is not { } over)
                {
                    return null;
                }

                score.InOrder(first, then, score.Count);
                now = over;
            }

            return now;
        }
    }
}
