namespace ChaosHarness.Experiments;

/// <summary>
/// It cannot run on a machine like this one at all, whatever is done about it, such as signals on Windows: the run is Inconclusive, and no reason to fail
/// a pipeline. What can be mended, such as a missing program, is a <see cref="NotRunException"/>.
/// </summary>
/// <param name="reason">What is needed that this machine cannot have.</param>
public sealed class ImpossibleException(string reason) : Exception(reason);
