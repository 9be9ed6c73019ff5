namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>A request that cannot be granted, with the status and the words of the original.</summary>
internal sealed class RefusedException : Exception
{
    public RefusedException(int status, string message)
        : base(message) => Status = status;

    public int Status { get; }

    public static RefusedException ProxyNotFound() => new(404, "proxy not found");

    public static RefusedException ToxicNotFound() => new(404, "toxic not found");

    public static RefusedException BadBody(string detail) => new(400, $"bad request body: {detail}");

    public static RefusedException MissingField(string field) => new(400, $"missing required field: {field}");

    public static RefusedException ProxyExists() => new(409, "proxy already exists");

    public static RefusedException ToxicExists() => new(409, "toxic already exists");

    public static RefusedException InvalidStream() => new(400, "stream was invalid, can be either upstream or downstream");

    public static RefusedException InvalidType() => new(400, "invalid toxic type");

    public static RefusedException Internal(string message) => new(500, message);
}
