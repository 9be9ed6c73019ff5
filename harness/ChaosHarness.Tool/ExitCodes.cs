namespace ChaosHarness.Tool;

/// <summary>What commands end with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int NotAllPassed = 1;
    public const int WrongUse = 2;
    public const int SomethingMissing = 3;

    public const string InWords = "0 done, all passed; 1 not all passed; 2 wrong use, or it could not be done; 3 something has to be installed first.";
}
