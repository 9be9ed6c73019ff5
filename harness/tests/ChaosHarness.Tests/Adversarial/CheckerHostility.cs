namespace ChaosHarness.Tests.Adversarial;

/// <summary>The ways in which a checker can be hostile: it has no token, and is asked once.</summary>
public enum CheckerHostility
{
    Throws,
    ThrowsWhatCannotBeTold,
    Blocks,
    GivesNothing,
    HasNoFigures,
    HasAFigureThatIsNull,
    HasAFigureThatIsNoNumber,
    HasAnEndlessFigure,
    CannotBeWritten,
}
