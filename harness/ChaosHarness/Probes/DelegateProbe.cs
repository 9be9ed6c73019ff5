using System.Runtime.CompilerServices;

namespace ChaosHarness.Probes;

/// <summary>Samples whatever a function looks at.</summary>
/// <param name="Name">What the signal is called in records.</param>
/// <param name="Look">Looks once; a thrown exception is an error sample.</param>
public sealed record DelegateProbe(string Name, Func<CancellationToken, ValueTask<ProbeSample>> Look) : Probe(Name)
{
    /// <summary>Samples whatever a function looks at.</summary>
    /// <param name="name">What the signal is called in records.</param>
    /// <param name="look">Looks once; a thrown exception is an error sample.</param>
    [OverloadResolutionPriority(-1)]
    public DelegateProbe(string name, Func<CancellationToken, Task<ProbeSample>> look)
        : this(name, token => new ValueTask<ProbeSample>(look(token)))
    {
    }

    /// <inheritdoc/>
    public override ValueTask<ProbeSample> SampleAsync(CancellationToken cancellationToken) => Look(cancellationToken);
}
