using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>Expects something of what became of acknowledged writes. Data that could not be read back is the worst there is, and meets nothing.</summary>
public static class Lost
{
    private static readonly LossChecker Checker = new();

    /// <summary>No acknowledged write is missing, none is there twice, none was acknowledged by a deposed primary.</summary>
    public static Expectation Nothing => Expectation.Of(
        Checker,
        "no write lost, duplicated or diverged",
        loss => Judge(loss, loss is { Lost: 0, Duplicated: 0, Diverged: 0 }, loss.Lost + loss.Duplicated + loss.Diverged) with
        {
            Actual = loss.Problem ?? string.Create(CultureInfo.InvariantCulture, $"{loss}; {loss.Duplicated} duplicated, {loss.Diverged} diverged"),
            Figure = Held.FigureOf(loss, Worst(loss)),
            Objective = 0,
        });

    /// <summary>The loss stays within an objective.</summary>
    /// <param name="rpo">Such as <c>0 writes</c>, <c>2s</c> or <c>500 writes, 2s</c>.</param>
    /// <returns>The expectation.</returns>
    public static Expectation AtMost(string rpo) => RecoveryPointObjective.TryParse(rpo, out var objective)
        ? AtMost(objective)
        : Expectation.Of(Checker, $"lost at most {rpo}", loss => Judge(loss, false, 0)).WithMistakes("Lost.AtMost: " + RecoveryPointObjective.Mistake(rpo));

    /// <summary>The loss stays within an objective.</summary>
    /// <param name="rpo">The objective.</param>
    /// <returns>The expectation.</returns>
    public static Expectation AtMost(RecoveryPointObjective rpo)
    {
        ArgumentNullException.ThrowIfNull(rpo);
        return Expectation.Of(Checker, $"lost at most {rpo}", Hold);

        // Of two bounds the one that was missed is told, and the one in writes before that in time.
        Judgement Hold(LossFinding loss, double speed)
        {
            var here = rpo with { Age = rpo.Age / speed };
            return here switch
            {
                { Writes: { } writes } when loss.Lost > writes || here.Age is null =>
                    Judge(loss, here.IsMetBy(loss), loss.Lost - writes) with { Figure = Held.FigureOf(loss, FigureNames.LostWrites), Objective = writes },
                { Age: { } age } => Held.Within(
                    loss.Problem is null ? new Bounds(loss.Age, loss.Age) : null,
                    loss.ToString(),
                    TimeLimit.Of(rpo.Age!.Value),
                    Held.FigureOf(loss, FigureNames.RecoveryPoint),
                    speed) with { Met = here.IsMetBy(loss), Objective = age.TotalSeconds },
                _ => Judge(loss, loss.Problem is null, 0),
            };
        }
    }

    /// <summary>At least so many writes are lost: for experiments that show that a loss is found.</summary>
    /// <param name="writes">At least 1.</param>
    /// <returns>The expectation.</returns>
    public static Expectation AtLeast(long writes) => Expectation.Of(
        Checker,
        string.Create(CultureInfo.InvariantCulture, $"lost at least {writes} writes"),
        // No objective: it is no promise to users, and a chart or a trend must not read it as an RPO.
        loss => Judge(loss, loss.Lost >= writes, writes - loss.Lost) with { Figure = Held.FigureOf(loss, FigureNames.LostWrites) });

    private static Judgement Judge(LossFinding loss, bool isMet, long missedBy) => new(
        loss.Problem is null && isMet,
        loss.ToString(),
        loss.Problem is null ? string.Create(CultureInfo.InvariantCulture, $"{missedBy} {(missedBy == 1 ? "write" : "writes")}") : null);

    private static string Worst(LossFinding loss) => loss switch
    {
        { Lost: 0, Duplicated: > 0 } => FigureNames.DuplicatedWrites,
        { Lost: 0, Diverged: > 0 } => FigureNames.DivergedWrites,
        _ => FigureNames.LostWrites,
    };
}
