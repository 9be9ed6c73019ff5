using ChaosHarness.Safety.Masking;

namespace ChaosHarness.Safety;

/// <summary>
/// Keeps secrets out of what people read. It knows how secrets usually look, and what names and flags call one; it cannot know all of them.
/// Where it is not sure how far a secret goes it hides more. Takes time in proportion to the length of the text, whatever is in it.
/// </summary>
public static class Secrets
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Masked = "***";

    /// <summary>
    /// Masks what looks like a secret in a text: what a name that ends like <c>password</c>, <c>secret</c>, <c>token</c> or <c>apiKey</c> is given, in
    /// JSON (also within JSON, however deep), YAML, XML, connection strings, queries, environments, headers and command lines; passwords in
    /// addresses, tokens of schemes, keys of AWS, private keys. Masking twice is as good as once.
    /// </summary>
    /// <param name="text">Any text, of any length.</param>
    /// <returns>The text with <see cref="Masked"/> in each secret's place; the same text when there is none.</returns>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var masked = new MaskedText(text, Masked);
        AssignedSecrets.Hide(masked);
        AddressSecrets.Hide(masked);
        KnownSecrets.Hide(masked);
        return masked.ToString();
    }

    /// <summary>Masks the value of a setting whose name says that it is a secret, and what looks like one in any other.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value to show.</returns>
    public static string Mask(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SecretNames.IsSetting(name) && value is { Length: > 0 } ? Masked : Mask(value);
    }
}
