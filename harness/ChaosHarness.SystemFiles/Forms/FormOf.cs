using System.Diagnostics.CodeAnalysis;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <inheritdoc/>
/// <typeparam name="T">What it is read into.</typeparam>
internal abstract class Form<T> : Form
{
    /// <summary>Reads a value; what is wrong with it becomes a mistake of the reading.</summary>
    public abstract bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value);
}
