using System.Net;

namespace ChaosHarness.Toxiproxy;

/// <summary>A server refused a request, or there is none.</summary>
public sealed class ToxiProxiException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What was asked of which server, and what came of it.</param>
    /// <param name="status">The HTTP status; null when there was no answer.</param>
    /// <param name="cause">What lay behind it.</param>
    public ToxiProxiException(string message, HttpStatusCode? status = null, Exception? cause = null)
        : base(message, cause) => Status = status;

    /// <summary>The HTTP status of the answer; null when there was none.</summary>
    public HttpStatusCode? Status { get; }
}
