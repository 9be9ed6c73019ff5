namespace ChaosHarness.GameDay.Board;

/// <summary>What a viewer asks for.</summary>
internal sealed record BoardRequest(string? Kind, string? By, string? Role, string? Text, string? Run, string? Plan = null);

/// <summary>What becomes of it.</summary>
internal sealed record BoardAnswer(bool Done, string Text);
