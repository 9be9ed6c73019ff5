using System.Globalization;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>Constraints on what became of acknowledged writes.</summary>
public static class Lost
{
    /// <summary>No acknowledged write is missing, none is there twice, none was acknowledged by a deposed primary.</summary>
    public static ResultConstraint Nothing => new MeasurementConstraint(
        "no write lost, duplicated or diverged",
        measured => measured.DataLoss is { } loss
            ? string.Create(CultureInfo.InvariantCulture, $"{loss}; {loss.Duplicated} duplicated, {loss.Diverged} diverged")
            : null,
        measured => measured.DataLoss is { Lost: 0, Duplicated: 0, Diverged: 0 });

    /// <summary>The loss stays within an objective.</summary>
    /// <param name="rpo">The objective.</param>
    /// <returns>The constraint.</returns>
    public static ResultConstraint AtMost(RecoveryPointObjective rpo) => new MeasurementConstraint(
        $"lost at most {rpo}",
        measured => measured.DataLoss?.ToString(),
        measured => measured.DataLoss is { } loss && rpo.IsMetBy(loss));

    /// <summary>At least so many writes were lost: for experiments that show that a loss is found.</summary>
    /// <param name="writes">At least 1.</param>
    /// <returns>The constraint.</returns>
    public static ResultConstraint AtLeast(long writes) => new MeasurementConstraint(
        string.Create(CultureInfo.InvariantCulture, $"lost at least {writes} writes"),
        measured => measured.DataLoss?.ToString(),
        measured => measured.DataLoss?.Lost >= writes);
}
