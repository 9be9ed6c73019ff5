namespace ChaosHarness.LocalCloud.Contract;

/// <summary>A case cannot be checked there: something that it needs is missing.</summary>
/// <param name="message">What is missing, and how to give it.</param>
public sealed class ContractImpossibleException(string message) : Exception(message);
