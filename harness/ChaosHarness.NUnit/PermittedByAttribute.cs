using ChaosHarness.Safety;

namespace ChaosHarness.NUnit;

/// <summary>
/// Names something that may refuse the experiments of the assembly at the moment at which they would begin, such as
/// <c>[assembly: PermittedBy(typeof(DrillCalendarSettings))]</c>. A refused run is Inconclusive; of several all have to permit it.
/// </summary>
/// <param name="type">A type with a constructor without parameters that implements <see cref="IRunPermit"/>, or <see cref="IRunPermitFactory"/> where it reads parameters of the profile.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PermittedByAttribute(Type type) : Attribute
{
    /// <summary>The type.</summary>
    public Type Type => type;
}
