using ChaosHarness.Experiments;

namespace ChaosHarness.Journals;

/// <summary>A journal as it stands in a file: the record of one run and the version of its schema.</summary>
/// <param name="Schema">The version of the schema, <see cref="CurrentSchema"/> when written by this version.</param>
/// <param name="Result">The record.</param>
public sealed record JournalDocument(int Schema, RunRecord Result)
{
    /// <summary>The version written. It rises when a reader of the one before could misread.</summary>
    public const int CurrentSchema = 2;
}
