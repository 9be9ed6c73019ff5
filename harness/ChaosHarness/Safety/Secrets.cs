using System.Text.RegularExpressions;

namespace ChaosHarness.Safety;

/// <summary>Keeps secrets out of what people read. It knows how secrets usually look; it cannot know all of them.</summary>
public static partial class Secrets
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Masked = "***";

    /// <summary>Masks what looks like a secret in a text: passwords in connection strings and addresses, tokens in headers, keys of AWS, private keys.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text without them; nothing of it when it is made so that searching it takes longer than a second.</returns>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var masked = Assignments().Replace(text, match => match.Groups["name"].Value + Masked);
            masked = Addresses().Replace(masked, match => match.Groups["before"].Value + Masked + "@");
            masked = Headers().Replace(masked, match => match.Groups["name"].Value + Masked);
            return Keys().Replace(masked, Masked);
        }
        catch (RegexMatchTimeoutException)
        {
            return Masked;
        }
    }

    /// <summary>Masks the value of a setting whose name says that it is a secret, and what looks like one in any other.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value to show.</returns>
    public static string Mask(string name, string value) => SecretNames().IsMatch(name) && value is { Length: > 0 } ? Masked : Mask(value);

    private const string Names = "pass(?:word|wd|phrase)?|pwd|secret(?:[_-]?access)?(?:[_-]?key)?|(?:access|auth|session|id|refresh|security)?[_-]?token|api[_-]?key|private[_-]?key|account[_-]?key|sharedaccesskey|credentials?|sig(?:nature)?";

    [GeneratedRegex($@"(?<name>(?<![A-Za-z])[""']?(?:[A-Za-z0-9]+[_.-])*(?:{Names})[""']?\s*[=:]\s*)(?:""(?:\\.|[^""\\])*""|'[^']*'|[^\s;,&""'}}\]]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignments();

    [GeneratedRegex(@"(?<before>\b[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s/@]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(?<name>\b(?:bearer|basic)\s+)[A-Za-z0-9+/=._~-]{8,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Headers();

    [GeneratedRegex(@"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Keys();

    [GeneratedRegex($@"(?:^|[_.:\- ]|(?<=[a-z])(?=[A-Z]))(?:{Names})(?:$|[_.:\- ]|(?=[A-Z0-9]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretNames();
}
