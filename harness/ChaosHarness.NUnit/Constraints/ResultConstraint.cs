using ChaosHarness.Experiments;
using NUnit.Framework.Constraints;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>A constraint on the result of an experiment. Its message shows the objective, what was measured, and the timeline around it.</summary>
public abstract class ResultConstraint : Constraint
{
    /// <summary>Holds a result against the constraint.</summary>
    /// <param name="actual">An <see cref="RunRecord"/>.</param>
    /// <returns>Whether it holds.</returns>
    /// <exception cref="ArgumentException">The value is no result of an experiment.</exception>
    /// <exception cref="NotJudgedException">The run says nothing about the system.</exception>
    public override ConstraintResult ApplyTo<TActual>(TActual actual)
    {
        var result = actual as RunRecord ?? throw new ArgumentException($"An RunRecord was expected, not {actual?.GetType().Name ?? "null"}.", nameof(actual));
        return result.Outcome is Outcome.Passed or Outcome.Failed
            ? new ExperimentConstraintResult(this, result, Measured(result), IsMet(result))
            : throw new NotJudgedException(result);
    }

    /// <summary>What was measured, as text.</summary>
    /// <param name="result">The result of a run that was judged.</param>
    /// <returns>The text.</returns>
    protected abstract string Measured(RunRecord result);

    /// <summary>Whether the constraint holds.</summary>
    /// <param name="result">The result of a run that was judged.</param>
    /// <returns>False also when it could not be measured.</returns>
    protected abstract bool IsMet(RunRecord result);
}
