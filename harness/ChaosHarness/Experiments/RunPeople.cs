using System.Globalization;
using ChaosHarness.Histories;
using ChaosHarness.People;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>What people do during a run: read into its history, and waited for where they have to give the go.</summary>
internal sealed class RunPeople(AttendedRun? run, RunClock clock, HistoryWriter history)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly PeopleTail? _tail = run is null ? null : new PeopleTail(run.File);
    private volatile TaskCompletionSource<PersonAct>? _asked;
    private volatile string? _waiting;
    private volatile HeldFile? _shown;
    private volatile PlanRecord? _plan;

    /// <summary>What is waited for, in words; null for nothing.</summary>
    public string? Waiting => _waiting;

    /// <summary>The plan that it is waited with; null when no go is waited for.</summary>
    public PlanRecord? WaitingPlan => _plan;

    /// <summary>Reads until the run is over.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        using var shown = _shown = run?.Show();
        var isStruck = false;
        while (_tail is not null && !over.IsCancellationRequested)
        {
            foreach (var act in _tail.Read().Where(act => act.RunId is null || act.RunId == run!.RunId))
            {
                Take(act);
            }

            if (!isStruck && history.Look().FirstStrike is not null)
            {
                isStruck = true;
                shown?.Say((run! with { IsStruck = true }).Bytes());
            }

            await Task.Delay(Glance, clock.Time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until a person gives the go, or somebody refuses it.</summary>
    /// <param name="requirement">What is waited for.</param>
    /// <param name="plan">What they decide on, which they are shown.</param>
    /// <param name="halt">Ends the waiting.</param>
    /// <exception cref="NotRunException">Nobody gave it in time, or somebody refused it; says what to do.</exception>
    public async Task<GoRecord> AskAsync(GoRequirement requirement, PlanRecord plan, CancellationToken halt)
    {
        var asked = clock.Now;
        if (requirement.GivenBy is { } before)
        {
            Note(MarkKind.Person, before, "gave the go before the run began");
            return new GoRecord(before, null, null, asked, asked);
        }

        if (run is null)
        {
            throw new NotRunException("a person has to give the go, and nobody can: the run has no file in which people say what they do (RunnerOptions.PeopleFile).");
        }

        // The whole of it is in the timeline, which a ledger chains.
        Note(MarkKind.Note, "plan", $"the go is asked for the plan with SHA-256 {plan.Hash}");
        var answer = new TaskCompletionSource<PersonAct>(TaskCreationOptions.RunContinuationsAsynchronously);
        var until = clock.StartedAt + asked + requirement.Within;
        _plan = plan;
        _waiting = string.Create(CultureInfo.InvariantCulture, $"a person's go for plan {PlanRecord.Abbreviated(plan.Hash)}, until {until.UtcDateTime:HH:mm:ss} UTC: chaos go --by NAME; chaos go --show prints the plan");
        // Before anybody can know: who answers at once is heard.
        _asked = answer;
        _shown?.Say((run with { WaitsUntil = until, Plan = plan.Hash, PlanText = plan.Text() }).Bytes());
        try
        {
            var act = await answer.Task.WaitAsync(requirement.Within, clock.Time, halt).ConfigureAwait(false);
            return act.Kind == PersonActKind.Go
                ? new GoRecord(act.By, act.Role, act.Text, asked, clock.Now) { Plan = act.Plan }
                : throw new NotRunException($"{act.Who} refused the go{(act.Text is { } why ? ": " + why : "")}");
        }
        catch (TimeoutException)
        {
            throw new NotRunException($"nobody gave the go within {DurationText.Format(requirement.Within)}. It is given by: chaos go --by NAME");
        }
        finally
        {
            _asked = null;
            _waiting = null;
            _plan = null;
            _shown?.Say(run.Bytes());
        }
    }

    /// <summary>How an act stands in a history.</summary>
    public static Mark MarkOf(PersonAct act, TimeSpan at, bool isAsked = true)
    {
        var text = act.Text is { } said ? ": " + said : "";
        return act.Kind switch
        {
            PersonActKind.Note => new Mark(at, MarkKind.Person, act.Who, act.Text ?? ""),
            PersonActKind.Go or PersonActKind.NoGo => new Mark(at, MarkKind.Person, act.Who, (act.Kind == PersonActKind.Go ? "gave the go" : "refused the go") + text + (isAsked ? "" : " (nothing waited for it)")),
            PersonActKind.Decided => new Mark(at, MarkKind.Decided, act.Who, act.Text ?? "decided"),
            PersonActKind.Acted => new Mark(at, MarkKind.Acted, act.Who, act.Text ?? "did what was decided"),
            _ => new Mark(at, MarkKind.Person, act.Who, (act.Kind == PersonActKind.Came ? "came" : "left") + text),
        };
    }

    private void Take(PersonAct act)
    {
        // Who agreed to another plan than the one that waits did not agree to this one.
        var isOfThis = act.Kind == PersonActKind.NoGo || act.Plan is null || act.Plan == _plan?.Hash;
        var isAsked = act.Kind is not (PersonActKind.Go or PersonActKind.NoGo) || (isOfThis && _asked?.TrySetResult(act) is true);
        history.Add(MarkOf(act, clock.Now, isAsked));
    }

    private void Note(MarkKind kind, string who, string what) => history.Add(new Mark(clock.Now, kind, who, what));
}
