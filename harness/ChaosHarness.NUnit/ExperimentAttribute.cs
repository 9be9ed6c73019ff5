using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;

namespace ChaosHarness.NUnit;

/// <summary>
/// Marks a test that runs an experiment. The test may take one <see cref="CancellationToken"/>: it ends when the test takes too long.
/// The objectives apply to the experiment that the test runs, and are properties of the test: <c>dotnet test --filter Rto=30s</c> finds it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExperimentAttribute : NUnitAttribute, ITestBuilder, IImplyFixture, IWrapSetUpTearDown
{
    /// <summary>What the history of the experiment is kept under; with it the test can be renamed or moved.</summary>
    /// <value>Default: null, the full name of the test.</value>
    public string? Id { get; set; }

    /// <summary>Recovery time objective, such as <c>30s</c>.</summary>
    /// <value>Default: null, recovery time is measured and not judged.</value>
    public string? Rto { get; set; }

    /// <summary>Recovery point objective, such as <c>0 writes</c>, <c>2s</c> or <c>500 writes, 2s</c>.</summary>
    /// <value>Default: null, lost writes are counted and not judged.</value>
    public string? Rpo { get; set; }

    /// <summary>The least availability from the injection to the end of observing, such as <c>99.5%</c>.</summary>
    /// <value>Default: null, availability is measured and not judged.</value>
    public string? Availability { get; set; }

    /// <summary>The longest that the test may take; then it is halted and reverted.</summary>
    /// <value>Default: <c>5m</c>.</value>
    public string Timeout { get; set; } = "5m";

    internal Objectives Objectives => Objectives.Parse(Rto, Rpo, Availability);

    internal TimeSpan Limit => DurationText.Parse(Timeout);

    /// <inheritdoc/>
    public IEnumerable<TestMethod> BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        var takesToken = method.GetParameters() is [var parameter] && parameter.ParameterType == typeof(CancellationToken);
        // The token stands in until the test runs; the name must not show it.
        var parameters = takesToken ? new TestCaseParameters([CancellationToken.None]) { TestName = method.Name } : null;
        var test = new NUnitTestCaseBuilder().BuildTestMethod(method, suite, parameters!);
        foreach (var (name, value) in new[] { (nameof(Id), Id), (nameof(Rto), Rto), (nameof(Rpo), Rpo), (nameof(Availability), Availability) })
        {
            if (value is not null)
            {
                test.Properties.Set(name, value);
            }
        }

        if (Problem() is { } problem)
        {
            test.MakeInvalid(problem);
        }

        return [test];
    }

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new ExperimentCommand(command, this);
    }

    private string? Problem()
    {
        try
        {
            _ = Objectives;
            _ = Limit;
            return Id is not null && string.IsNullOrWhiteSpace(Id) ? "The Id of [Experiment] is empty; leave it out or give it a name." : null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
