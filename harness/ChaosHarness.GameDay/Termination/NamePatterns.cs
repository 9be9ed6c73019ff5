using System.Text.RegularExpressions;

namespace ChaosHarness.GameDay.Termination;

/// <summary>Names, in which <c>*</c> stands for anything: <c>db-*</c>. Capitals make no difference.</summary>
internal sealed class NamePatterns(IEnumerable<string> patterns)
{
    private readonly IReadOnlyList<Regex> _patterns =
    [
        .. patterns.Select(pattern => new Regex($"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking)),
    ];

    /// <summary>Whether a name is one of them.</summary>
    public bool Match(string name) => _patterns.Any(pattern => pattern.IsMatch(name));
}
