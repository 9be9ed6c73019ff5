using ChaosHarness.Calls;
using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>
/// A run that is over, measured and judged, and not yet sealed: what its test still wants of it can be held against it until the test
/// is over. Then it becomes a <see cref="RunRecord"/>.
/// </summary>
public sealed class ExperimentResult
{
    private const int SeenShown = 3;
    private readonly Lock _gate = new();
    private readonly RunRecord _record;
    private readonly IDisposable? _open;
    private readonly Dictionary<Expectation, Verdict> _verdicts = [];
    private readonly List<Expectation> _order = [];
    private readonly HashSet<Expectation> _asserted = [];
    private bool _isSealed;

    private ExperimentResult(RunRecord record, History history, IDisposable? open)
    {
        _record = record;
        _open = open;
        History = history;
    }

    /// <summary>Judges a run by what was expected of it. What others wrote runs on threads of its own, and is not waited for without end.</summary>
    internal static async Task<ExperimentResult> OfAsync(RunRecord record, History history, IReadOnlyList<Expectation> expectations, IDisposable? open, ForeignCalls calls, TimeSpan limit)
    {
        var result = new ExperimentResult(record, history, open);
        foreach (var expectation in result.IsJudged ? expectations.Distinct() : [])
        {
            var call = await calls.RunAsync(new Callee(expectation.Text, "judge"), _ => ValueTask.FromResult(expectation.Judge(history)), limit, CancellationToken.None).ConfigureAwait(false);
            result._verdicts[expectation] = call.Value ?? new Verdict(expectation.Text, $"could not be judged: {call.Problem}", false);
            result._order.Add(expectation);
        }

        return result;
    }

    /// <summary>Everything that was seen.</summary>
    public History History { get; }

    /// <summary>How the run ended, what its own expectations make of it included.</summary>
    public Outcome Outcome => _record.Outcome is Outcome.Passed && Missed.Any() ? Outcome.Failed : _record.Outcome;

    /// <summary>Why it ended so; null when it passed.</summary>
    public string? Reason
    {
        get
        {
            var missed = Missed.ToList();
            IReadOnlyList<string> reasons = [.. new[] { _record.Reason }.OfType<string>(), .. missed.Select(Words)];
            // What signals saw is the same for all that look at them.
            var seen = missed.SelectMany(verdict => verdict.Seen).Distinct().Take(SeenShown).ToList();
            return reasons.Count == 0 ? null : string.Join("; ", reasons) + (seen.Count > 0 ? $" (seen: {string.Join("; ", seen)})" : "");
        }
    }

    /// <summary>The experiment's name.</summary>
    public string Name => _record.Name;

    /// <summary>Unique, and sorts by time.</summary>
    public string RunId => _record.RunId;

    /// <summary>Whether the run says anything about the system: it was neither refused nor ended early, and the harness did not fail.</summary>
    public bool IsJudged => _record.Outcome is Outcome.Passed or Outcome.Failed;

    /// <summary>Whether its test is over: then nothing can be held against it any more.</summary>
    public bool IsSealed
    {
        get
        {
            lock (_gate)
            {
                return _isSealed;
            }
        }
    }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<TimelineEvent> Timeline => _record.Timeline;

    /// <summary>How everything was met that was held against it so far, in that order.</summary>
    public IReadOnlyList<Verdict> Verdicts
    {
        get
        {
            lock (_gate)
            {
                return [.. _order.Select(expectation => _verdicts[expectation])];
            }
        }
    }

    // An asserted expectation may be missed on purpose; whether that counts is known when the test is over.
    private IEnumerable<Verdict> Missed
    {
        get
        {
            lock (_gate)
            {
                return [.. _order.Where(expectation => !_asserted.Contains(expectation)).Select(expectation => _verdicts[expectation]).Where(verdict => !verdict.Met)];
            }
        }
    }

    /// <summary>Looks for anything in what was seen.</summary>
    /// <typeparam name="T">What is found.</typeparam>
    /// <param name="checker">What is looked for.</param>
    /// <returns>The finding.</returns>
    public T Find<T>(IChecker<T> checker)
        where T : Finding
    {
        ArgumentNullException.ThrowIfNull(checker);
        return checker.Check(History);
    }

    /// <summary>Holds an expectation against the run. One that reads the same as an earlier one counts once.</summary>
    /// <param name="expectation">What is wanted.</param>
    /// <returns>How it is met.</returns>
    /// <exception cref="NotJudgedException">The run says nothing about the system.</exception>
    /// <exception cref="InvalidOperationException">The test is over: it would be lost.</exception>
    public Verdict Hold(Expectation expectation)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        if (!IsJudged)
        {
            throw new NotJudgedException(this);
        }

        lock (_gate)
        {
            if (_isSealed)
            {
                throw new InvalidOperationException($"'{Name}' is recorded already, as its test is over: '{expectation.Text}' would be lost. Assert within the test.");
            }

            if (!_verdicts.ContainsKey(expectation))
            {
                _asserted.Add(expectation);
            }
        }

        return Judge(expectation);
    }

    /// <summary>Whether it explains that its test failed: something was held against it in vain.</summary>
    internal bool ExplainsFailure => Outcome == Outcome.Failed || Verdicts.Any(verdict => !verdict.Met);

    /// <summary>Makes the record; nothing is held against the run any more.</summary>
    /// <param name="end">How its test ended.</param>
    /// <param name="isExplained">Whether a run of the test explains that it failed: those that do not have passed then.</param>
    internal RunRecord Seal(ScopeEnd end, bool isExplained)
    {
        lock (_gate)
        {
            _isSealed = true;
        }

        var (outcome, reason) = (Outcome, Reason);
        if (end.Failed && outcome == Outcome.Passed && (ExplainsFailure || !isExplained))
        {
            (outcome, reason) = (end.IsError ? Outcome.Broken : Outcome.Failed, end.Message ?? "its test failed");
        }

        return _record with
        {
            Outcome = outcome,
            Reason = reason,
            Attempt = end.Attempt,
            Phases = [.. _record.Phases.SkipLast(1), new PhaseRecord(PhaseName.Record, PhaseStatus.Passed, new TimeWindow(_record.Duration, _record.Duration))],
            Verdicts = Counted(end),
            Figures = RecordedFigures.Held(_record.Figures, Counted(end)),
        };
    }

    /// <summary>The record is where it belongs: nobody has to make one any more.</summary>
    internal void Close() => _open?.Dispose();

    // What was asserted and missed counts when its test failed: it may have been meant to be missed.
    private IReadOnlyList<Verdict> Counted(ScopeEnd end)
    {
        lock (_gate)
        {
            return [.. _order.Where(expectation => end.Failed || _verdicts[expectation].Met || !_asserted.Contains(expectation)).Select(expectation => _verdicts[expectation])];
        }
    }

    private static string Words(Verdict verdict) => $"{verdict.Objective} missed{(verdict.MissedBy is { } by ? $" by {by}" : "")}: {verdict.Actual}";

    private Verdict Judge(Expectation expectation)
    {
        lock (_gate)
        {
            if (_verdicts.TryGetValue(expectation, out var earlier))
            {
                return earlier;
            }
        }

        var verdict = expectation.Judge(History);
        lock (_gate)
        {
            if (_verdicts.TryAdd(expectation, verdict))
            {
                _order.Add(expectation);
            }
        }

        return verdict;
    }
}
