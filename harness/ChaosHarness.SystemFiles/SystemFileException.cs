using System.Globalization;

namespace ChaosHarness.SystemFiles;

/// <summary>A file describes no system. Every mistake in it is named.</summary>
public sealed class SystemFileException : FormatException
{
    private const int MostTold = 50;

    internal SystemFileException(string file, IReadOnlyList<SystemFileMistake> mistakes)
        : base(Words(file, mistakes))
    {
        Mistakes = mistakes;
    }

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<SystemFileMistake> Mistakes { get; }

    private static string Words(string file, IReadOnlyList<SystemFileMistake> mistakes) => string.Join('\n',
    [
        string.Create(CultureInfo.InvariantCulture, $"{file} describes no system: {mistakes.Count} {(mistakes.Count == 1 ? "mistake" : "mistakes")}. docs/system-file.md shows what belongs in it."),
        .. mistakes.Take(MostTold).Select(mistake => $"  {mistake}"),
        .. mistakes.Count > MostTold ? [string.Create(CultureInfo.InvariantCulture, $"  and {mistakes.Count - MostTold} more")] : Array.Empty<string>(),
    ]);
}
