namespace ChaosHarness.Calls;

/// <summary>Code that is not the harness's own threw, did not answer in time, or was given up.</summary>
internal sealed class CallException(CallResult result) : Exception(result.Problem, result.Exception)
{
    public CallEnd End => result.End;

    /// <summary>The message of an exception, which is foreign code too.</summary>
    public static string TextOf(Exception exception)
    {
        try
        {
            return exception.Message is { Length: > 0 } message ? message : exception.GetType().Name;
        }
        catch (Exception)
        {
            return exception.GetType().Name;
        }
    }
}
