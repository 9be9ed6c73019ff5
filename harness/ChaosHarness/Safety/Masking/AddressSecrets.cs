using System.Buffers;

namespace ChaosHarness.Safety.Masking;

/// <summary>Finds passwords in addresses: <c>scheme://user:password@host</c>.</summary>
internal static class AddressSecrets
{
    private const string Scheme = "://";
    private static readonly SearchValues<char> Borders = SearchValues.Create(" \t\r\n\"'<>`\\");

    public static void Hide(MaskedText masked)
    {
        var text = masked.Text;
        for (var at = text.IndexOf(Scheme, StringComparison.Ordinal); at >= 0; at = at < text.Length ? text.IndexOf(Scheme, at, StringComparison.Ordinal) : -1)
        {
            at += Scheme.Length;
            var length = text.AsSpan(at).IndexOfAny(Borders);
            var end = length < 0 ? text.Length : at + length;
            if (Password(text.AsSpan(at, end - at)) is var (from, to))
            {
                masked.Hide(at + from, at + to);
            }

            at = end;
        }
    }

    private static (int From, int To)? Password(ReadOnlySpan<char> rest)
    {
        var path = rest.IndexOfAny('/', '?', '#');
        var authority = path < 0 ? rest : rest[..path];
        var host = authority.LastIndexOf('@');
        var colon = rest.IndexOf(':');
        if (colon < 0 || (host >= 0 && colon > host))
        {
            return null;
        }

        if (host < 0)
        {
            // Somebody put a slash into a password; but behind a port, a path may hold the sign too.
            host = rest.LastIndexOf('@');
            if (colon >= authority.Length || host < colon || authority[(colon + 1)..].IndexOfAnyExceptInRange('0', '9') < 0)
            {
                return null;
            }
        }

        return (colon + 1, host);
    }
}
