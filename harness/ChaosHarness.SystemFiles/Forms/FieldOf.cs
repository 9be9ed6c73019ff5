using System.Diagnostics.CodeAnalysis;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <inheritdoc/>
/// <typeparam name="T">What its value is read into.</typeparam>
internal sealed class Field<T>(string name, Form<T> form, string says) : Field(name, says)
    where T : notnull
{
    public override Form Form => form;

    public override bool TryRead(YamlNode node, Reading reading, [NotNullWhen(true)] out object? value)
    {
        var isRead = form.TryRead(node, reading, out var typed);
        value = isRead ? typed : null;
        return isRead;
    }
}
