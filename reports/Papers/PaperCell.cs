namespace ChaosHarness.Reports.Papers;

/// <summary>A cell of a table.</summary>
/// <param name="Text">Its text.</param>
internal readonly record struct PaperCell(string Text)
{
    /// <summary>Whether that is good or bad; null where it is neither.</summary>
    public bool? IsGood { get; init; }

    /// <summary>The section that it leads to; null for none.</summary>
    public string? Section { get; init; }

    public static implicit operator PaperCell(string? text) => new(text ?? NotRecorded);

    /// <summary>What is said of what nobody recorded: it is never left out.</summary>
    public const string NotRecorded = "not recorded";
}
