using System.Globalization;
using ChaosHarness.Expectations;
using ChaosHarness.NUnit.Identities;
using ChaosHarness.Timing;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;

namespace ChaosHarness.NUnit;

/// <summary>
/// Marks a test that runs an experiment, in place of <see cref="TestAttribute"/>: parameters, sources of cases and fixtures work as they do there.
/// The test may take a <see cref="CancellationToken"/> as its last parameter; it ends when the test takes too long.
/// The objectives apply to each experiment that the test runs, and are properties of the test: <c>dotnet test --filter Rto=30s</c> finds it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExperimentAttribute : NUnitAttribute, ISimpleTestBuilder, ITestBuilder, IApplyToTest, IImplyFixture, IWrapSetUpTearDown
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    /// <summary>What the history of the experiment is kept under, together with the values of its parameters; with it the test can be renamed or moved.</summary>
    /// <value>Default: null, the type of the fixture and the method.</value>
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

    /// <summary>The longest latency of a percentile of the requests from the injection to the end of observing, such as <c>p99 500ms</c>.</summary>
    /// <value>Default: null, latency is measured and not judged.</value>
    public string? Latency { get; set; }

    /// <summary>The longest time to detect, such as <c>90s</c>.</summary>
    /// <value>Default: null, detection is measured and not judged.</value>
    public string? Ttd { get; set; }

    /// <summary>The longest that the test may take; then it is halted and reverted.</summary>
    /// <value>Default: null, what <see cref="CancelAfterAttribute"/> says, or else <c>5m</c>.</value>
    public string? Timeout { get; set; }

    internal Objectives Objectives => Objectives.Parse(Rto, Rpo, Availability, Latency, Ttd);

    /// <inheritdoc/>
    public TestMethod BuildFrom(IMethodInfo method, Test? suite) => new NUnitTestCaseBuilder().BuildTestMethod(method, suite, null);

    // Sources of cases build theirs. Of a method without any, NUnit would call this simple builder, were it not for the analyzers of its authors:
    // they take what is a simple builder only for a test whose every parameter needs a value, the token too.
    /// <inheritdoc/>
    IEnumerable<TestMethod> ITestBuilder.BuildFrom(IMethodInfo method, Test? suite)
    {
        var parameters = method.GetParameters();
        var hasCases = method.GetCustomAttributes<ITestBuilder>(inherit: true).Any(builder => builder is not ExperimentAttribute) || parameters.Any(parameter => parameter.IsDefined<IParameterDataSource>(inherit: false));
        return parameters.Length > 0 && !hasCases ? [BuildFrom(method, suite)] : [];
    }

    /// <inheritdoc/>
    public void ApplyToTest(Test test)
    {
        ArgumentNullException.ThrowIfNull(test);
        (string Name, string? Value)[] properties =
        [
            (nameof(Id), Id), (nameof(Rto), Rto), (nameof(Rpo), Rpo), (nameof(Availability), Availability), (nameof(Latency), Latency), (nameof(Ttd), Ttd),
        ];
        foreach (var (name, value) in properties)
        {
            if (value is not null)
            {
                test.Properties.Set(name, value);
            }
        }

        if (Problem(test) is { } problem)
        {
            test.MakeInvalid(problem);
        }
    }

    /// <inheritdoc/>
    public TestCommand Wrap(TestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        // NUnit hands its token to tests that have a time-out; the command puts its own in that place.
        command.Test.Properties.Set(PropertyNames.Timeout, (int)Math.Clamp(LimitOf(command.Test).TotalMilliseconds, 1, int.MaxValue));
        command.Test.Properties.Set(PropertyNames.UseCancellation, true);
        return new ExperimentCommand(command, this);
    }

    /// <summary>How long the test may take: the stricter of what it says itself and what it or its fixture says by <see cref="CancelAfterAttribute"/>.</summary>
    internal TimeSpan LimitOf(ITest test)
    {
        TimeSpan?[] told = [Timeout is { } text ? DurationText.Parse(text) : null, CancelAfter(test)];
        return told.Min() is { } limit && limit > TimeSpan.Zero ? limit : DefaultTimeout + (DurationText.TryParse(Rto, out var rto) ? rto : TimeSpan.Zero);
    }

    private static TimeSpan? CancelAfter(ITest? test)
    {
        while (test is not null)
        {
            if (test.Properties.Get(PropertyNames.Timeout) is { } milliseconds)
            {
                return TimeSpan.FromMilliseconds(Convert.ToDouble(milliseconds, CultureInfo.InvariantCulture));
            }

            test = test.Parent;
        }

        return null;
    }

    private string? Problem(Test test)
    {
        var fixture = test.Method!.TypeInfo.Type;
        try
        {
            _ = Objectives;
            _ = Timeout is { } timeout ? DurationText.Parse(timeout) : TimeSpan.Zero;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }

        return Id is not null && string.IsNullOrWhiteSpace(Id) ? "The Id of [Experiment] is empty; leave it out or give it a name."
            : ExperimentIdentity.ProblemOf(test.Method.MethodInfo)
            ?? IdsOfAssembly.Of(fixture.Assembly).ProblemOf(Id ?? ExperimentIdentity.DefaultId(fixture, test.Method.MethodInfo))
            ?? EveryExperimentIsRecordedAttribute.ProblemOf(fixture.Assembly);
    }
}
