using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit;

/// <summary>
/// Names a recorder that receives every test of the assembly, or the records of its runs, when the test is over and its assertions are counted in,
/// such as <c>[assembly: RecordedBy(typeof(LedgerRecording))]</c>.
/// </summary>
/// <param name="factory">A type with a constructor without parameters that implements <see cref="IRecorderFactory"/>, <see cref="ITestRecorderFactory"/> or <see cref="ILeaseFactory"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RecordedByAttribute(Type factory) : Attribute
{
    /// <summary>The type.</summary>
    public Type Factory => factory;
}
