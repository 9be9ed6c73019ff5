using System.Globalization;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Audits;

/// <summary>What else there is in the pack.</summary>
internal static class FileSection
{
    public static IReadOnlyList<PaperBlock> Of(AuditedRun audited) =>
    [
        new Words($"{Manifest.FileName} has the SHA-256 of every file of the pack, this report included; chaos audit verify with its folder names what was changed, is missing or was added since."),
        audited.Files.Count == 0
            ? new Words($"Other files: {PaperCell.NotRecorded}.")
            : new Grid(null, ["File", "Bytes", "SHA-256"], [.. audited.Files.Select(file => (IReadOnlyList<PaperCell>)[file.Path, file.Bytes.ToString("#,##0", CultureInfo.InvariantCulture), file.Sha256])]),
        .. audited.Files.Any(file => file.Path.EndsWith(AuditPack.BoardSuffix, StringComparison.Ordinal)) ? Array.Empty<PaperBlock>() : [new Words("The board that people had before them: not recorded.")],
    ];
}
