using ChaosHarness.Safety;

namespace ChaosHarness.NUnit;

/// <summary>
/// Names something that undoes faults which killed runs left behind, beside the kinds that the harness knows itself. It applies to all experiments
/// of the assembly, such as <c>[assembly: RecipeReverter(typeof(StopFisExperiment))]</c>.
/// </summary>
/// <param name="type">A type with a constructor without parameters that implements <see cref="IRecipeReverter"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class RecipeReverterAttribute(Type type) : Attribute
{
    /// <summary>The type.</summary>
    public Type Type => type;

    /// <exception cref="InvalidOperationException">The type is no reverter that can be made.</exception>
    internal IRecipeReverter Make() => Activator.CreateInstance(type) as IRecipeReverter
        ?? throw new InvalidOperationException($"[RecipeReverter] names {type}, which is no {nameof(IRecipeReverter)}.");
}
