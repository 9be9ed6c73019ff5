using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using NUnit.Framework.Constraints;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>Lets constraints on experiments follow <c>And</c> and <c>Or</c>: <c>Recovered.Within(Rto).And.Lost(Rpo)</c>.</summary>
public static class ConstraintExpressionExtensions
{
    /// <summary>See <see cref="Constraints.Lost.AtMost"/>.</summary>
    /// <param name="expression">What stands before.</param>
    /// <param name="rpo">The objective.</param>
    /// <returns>The whole constraint.</returns>
    public static Constraint Lost(this ConstraintExpression expression, RecoveryPointObjective rpo) => Append(expression, Constraints.Lost.AtMost(rpo));

    /// <summary>See <see cref="Constraints.Lost.Nothing"/>.</summary>
    /// <param name="expression">What stands before.</param>
    /// <returns>The whole constraint.</returns>
    public static Constraint LostNothing(this ConstraintExpression expression) => Append(expression, Constraints.Lost.Nothing);

    /// <summary>See <see cref="Recovered.Within(TimeSpan)"/>.</summary>
    /// <param name="expression">What stands before.</param>
    /// <param name="rto">The objective.</param>
    /// <returns>The whole constraint.</returns>
    public static Constraint RecoveredWithin(this ConstraintExpression expression, TimeSpan rto) => Append(expression, Recovered.Within(rto));

    /// <summary>See <see cref="Constraints.Available.AtLeast"/>.</summary>
    /// <param name="expression">What stands before.</param>
    /// <param name="ratio">0 to 1.</param>
    /// <returns>The whole constraint.</returns>
    public static Constraint Available(this ConstraintExpression expression, double ratio) => Append(expression, Constraints.Available.AtLeast(ratio));

    private static Constraint Append(ConstraintExpression expression, Constraint constraint)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return expression.Append(constraint);
    }
}
