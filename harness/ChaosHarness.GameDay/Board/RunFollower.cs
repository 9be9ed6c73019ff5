using ChaosHarness.Experiments;
using ChaosHarness.Histories;
using ChaosHarness.Safety;

namespace ChaosHarness.GameDay.Board;

/// <summary>Tells a stream what is new of a run since it last looked.</summary>
/// <param name="run">The run.</param>
/// <param name="stream">Who is told.</param>
internal sealed class RunFollower(LiveRun run, BoardStream stream)
{
    private const int MostLogLines = 5;
    private const double LeastStep = 0.01;
    private readonly Dictionary<string, SecondsOf> _seconds = new(StringComparer.Ordinal);
    private readonly Dictionary<int, BoardEvent> _faults = [];
    private readonly Dictionary<string, double> _stops = new(StringComparer.Ordinal);
    private int _marks;
    private readonly SignalsTold _signalsTold = new();
    private int _signals;
    private int _phases;
    private BoardEvent? _recovery;
    private string? _waiting;
    private TimeSpan _logged;
    private TimeSpan _logsAt;

    /// <summary>Tells of its beginning.</summary>
    public void Begin() => Tell(new BoardEvent(BoardEventKind.Run, 0)
    {
        Run = new BoardRun(Mask(run.Name), Mask(run.System), Mask(run.Hypothesis), Mask(run.Disaster), run.StartedAt, run.Objectives.Rto?.TotalSeconds / run.Speed, run.Script is { } script ? Masked(script) : null),
    });

    /// <summary>Looks once.</summary>
    public void Look()
    {
        var history = run.Look();
        TellMarks(history);
        TellPhases();
        TellFaults(history);
        TellSignals(history);
        foreach (var operations in history.Sources)
        {
            if (!_seconds.TryGetValue(operations.Source, out var seconds))
            {
                _seconds[operations.Source] = seconds = new SecondsOf();
            }

            foreach (var second in seconds.Changed(operations))
            {
                Tell(second);
            }
        }

        TellRecovery(history);
        TellStops();
        TellWaiting();
        TellLogs(history.Until);
    }

    /// <summary>Tells of its end.</summary>
    public void End() => Tell(new BoardEvent(BoardEventKind.End, run.Elapsed.TotalSeconds) { State = run.End?.Outcome.ToString(), Text = Mask(run.End?.Reason) });

    private void TellMarks(History history)
    {
        foreach (var mark in history.Marks.Skip(_marks))
        {
            _marks++;
            var kind = mark.Kind switch
            {
                MarkKind.Phase => BoardEventKind.Phase,
                MarkKind.Person or MarkKind.Decided or MarkKind.Acted => BoardEventKind.Person,
                _ => BoardEventKind.Note,
            };
            Tell(new BoardEvent(kind, mark.At.TotalSeconds) { Name = Mask(mark.Source), Text = Mask(mark.Detail), State = mark.Kind.ToString() });
        }
    }

    private void TellPhases()
    {
        foreach (var phase in run.Phases.Skip(_phases))
        {
            _phases++;
            Tell(new BoardEvent(BoardEventKind.Phase, phase.Window.End.TotalSeconds) { Name = phase.Name.ToString(), State = phase.Status.ToString(), Text = Mask(phase.Detail) });
        }
    }

    private void TellFaults(History history)
    {
        foreach (var (index, fault) in history.Faults.Index())
        {
            var state = fault switch
            {
                { Injected: null } => "Planned",
                { Reverted: null } => "InForce",
                { End: { } end } => end.ToString(),
                _ => "Over",
            };
            var seen = new BoardEvent(BoardEventKind.Fault, (fault.Injected ?? fault.Planned).Start.TotalSeconds)
            {
                Name = Mask(fault.Name),
                Text = Mask(string.Join(", ", fault.Targets)),
                State = state,
                Until = (fault.Reverted ?? fault.Planned).End.TotalSeconds,
            };
            if (_faults.GetValueOrDefault(index) != seen)
            {
                Tell(_faults[index] = seen);
            }
        }
    }

    private void TellSignals(History history)
    {
        var fresh = history.Signals.Skip(_signals).ToList();
        _signals += fresh.Count;
        var (told, note) = _signalsTold.Of(fresh, history.Until);
        foreach (var signal in told)
        {
            Tell(new BoardEvent(BoardEventKind.Signal, signal.Latest.TotalSeconds) { Name = Mask(signal.Source), State = signal.Kind.ToString(), Text = Mask(signal.Detail) });
        }

        if (note is not null)
        {
            Tell(new BoardEvent(BoardEventKind.Note, history.Until.TotalSeconds) { Name = "signals", Text = note, State = nameof(MarkKind.Note) });
        }
    }

    private void TellRecovery(History history)
    {
        if (history.Injection is null || run.Recoveries.Select(checker => checker.Check(history)).FirstOrDefault(finding => finding.IsMeasured) is not { } found)
        {
            return;
        }

        var told = new BoardEvent(BoardEventKind.Recovery, history.FirstStrike!.Value.Start.TotalSeconds)
        {
            Name = found.Signal,
            State = found.Recovered ? found.Interrupted ? "Recovered" : "Uninterrupted" : "Out",
            Good = found.Recovered ? Rounded(found.Actual.Lower.TotalSeconds) : null,
            Bad = found.Recovered ? Rounded(found.Actual.Upper?.TotalSeconds) : null,
        };
        if (told != _recovery)
        {
            Tell(_recovery = told);
        }
    }

    private void TellStops()
    {
        foreach (var stop in run.Stops)
        {
            if (stop.Now.Used is { } used && Math.Abs(used - _stops.GetValueOrDefault(stop.Name, -1)) >= LeastStep)
            {
                _stops[stop.Name] = used;
                Tell(new BoardEvent(BoardEventKind.Stop, run.Elapsed.TotalSeconds) { Name = Mask(stop.Name), Most = Math.Round(used, 3) });
            }
        }
    }

    private void TellWaiting()
    {
        if (run.Waiting is var waiting && waiting != _waiting)
        {
            _waiting = waiting;
            var plan = waiting is null ? null : run.WaitingPlan;
            Tell(new BoardEvent(BoardEventKind.Waiting, run.Elapsed.TotalSeconds) { Text = waiting, Name = plan?.Hash, Plan = plan?.Text() });
        }
    }

    // A second's worth at a time: a system that writes a thousand lines a second is not read line by line.
    private void TellLogs(TimeSpan now)
    {
        if (now - _logsAt < TimeSpan.FromSeconds(1) && !(run.End is not null))
        {
            return;
        }

        _logsAt = now;
        foreach (var (component, line) in run.LogsSince(_logged, MostLogLines))
        {
            _logged = line.At > _logged ? line.At : _logged;
            Tell(new BoardEvent(BoardEventKind.Log, line.At.TotalSeconds) { Name = component, Text = line.Text });
        }
    }

    private void Tell(BoardEvent happened) => stream.Add(run.RunId, happened with { At = Math.Round(happened.At, 3) });

    private static DrillScript Masked(DrillScript script) => script with
    {
        Scenario = Mask(script.Scenario),
        Expected = Mask(script.Expected),
        AbortWhen = Mask(script.AbortWhen),
        Participants = [.. script.Participants.Select(one => new Participant(Mask(one.Role), Mask(one.Name)))],
        Steps = [.. script.Steps.Select(step => Mask(step))],
    };

    private static double? Rounded(double? seconds) => seconds is { } known ? Math.Round(known, 2) : null;

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Mask(string? text) => text is null ? null : Secrets.Mask(text);
}
