using ChaosHarness.Experiments;

namespace ChaosHarness.GameDay.Board;

/// <summary>
/// The board of a session: a page that shows its runs live, on which people give the go, note what they see, and halt. <c>Chaos.Board</c> of a
/// profile says where it answers; a profile without it has none. After each run the same page is kept as a file beside its journal.
/// </summary>
public sealed class GameDayBoard : IRunWatcherFactory
{
    private const string BoardParameter = "Chaos.Board";
    private const string CertificateParameter = "Chaos.BoardCertificate";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters { get; } = [BoardParameter, CertificateParameter];

    /// <inheritdoc/>
    public IRunWatcher? Create(WatcherSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var text = settings.Parameters.GetValueOrDefault(BoardParameter, "");
        if (!BoardOptions.TryParse(text, out var options))
        {
            throw new FormatException($"{BoardParameter} is '{text}', but must be {BoardOptions.Expected}.");
        }

        var certificate = settings.Parameters.GetValueOrDefault(CertificateParameter, "");
        return options is null ? null : new BoardWatcher(certificate.Length == 0 ? options : options with { Certificate = Path.GetFullPath(certificate, settings.BaseFolder) }, settings);
    }
}
