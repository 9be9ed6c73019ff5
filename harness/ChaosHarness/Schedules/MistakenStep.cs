using ChaosHarness.Calls;
using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

/// <summary>A step that could not be made: building says why, with all other mistakes.</summary>
internal sealed class MistakenStep(string mistake) : Schedule
{
    public override string Description => mistake;

    public override IReadOnlyList<Fault> Faults => [];

    internal override IReadOnlyList<string> Mistakes => [mistake];

    internal override bool EndsByItself => true;

    internal override IEnumerable<Schedule> Strikes => [];

    /// <summary>Makes a step with code that is not the harness's own.</summary>
    public static Schedule Unless(Func<Schedule> make, string where)
    {
        try
        {
            return make();
        }
        catch (Exception exception)
        {
            return new MistakenStep($"{where}: {CallException.TextOf(exception)}");
        }
    }

    internal override Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken) => throw new InvalidOperationException(mistake);
}
