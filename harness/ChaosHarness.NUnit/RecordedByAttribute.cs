using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit;

/// <summary>
/// Names a recorder that receives the result of every test of the assembly when the test is over and its assertions are counted in, such as
/// <c>[assembly: RecordedBy(typeof(LedgerRecording))]</c>.
/// </summary>
/// <param name="factory">A type with a constructor without parameters that implements <see cref="IRecorderFactory"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RecordedByAttribute(Type factory) : Attribute
{
    /// <summary>The type.</summary>
    public Type Factory => factory;

    /// <exception cref="InvalidOperationException">The type makes no recorder.</exception>
    internal IExperimentRecorder? Make(RecorderSettings settings) => Activator.CreateInstance(factory) is IRecorderFactory made
        ? made.Create(settings)
        : throw new InvalidOperationException($"[RecordedBy] names {factory}, which is no {nameof(IRecorderFactory)}.");
}
