using Amazon.Route53.Model;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Route53;

/// <summary>The life of health checks.</summary>
internal sealed partial class Route53Service
{
    private CreateHealthCheckResponse CreateCheck(CreateHealthCheckRequest request)
    {
        var config = request.HealthCheckConfig;
        Require(config);
        if (_checks.Values.FirstOrDefault(check => check.Reference == request.CallerReference) is { } known)
        {
            return IsSame(known.Config, config)
                ? new CreateHealthCheckResponse { HealthCheck = Shape(known) }
                : throw new AwsErrorException("HealthCheckAlreadyExists", "A health check has already been created with the specified caller reference.", 409);
        }

        config.RequestInterval ??= 30;
        config.FailureThreshold ??= 3;
        var made = new HealthCheck(_cloud, Guid.NewGuid().ToString(), request.CallerReference, config);
        _checks[made.Id] = made;
        return new CreateHealthCheckResponse { HealthCheck = Shape(made) };
    }

    private ListHealthChecksResponse ListChecks(ListHealthChecksRequest request)
    {
        var (items, next) = Cut([.. _checks.Values.OrderBy(check => check.Id, StringComparer.Ordinal)], request.MaxItems, request.Marker, check => check.Id);
        return new ListHealthChecksResponse { HealthChecks = [.. items.Select(Shape)], Marker = request.Marker ?? "", IsTruncated = next is not null, NextMarker = next, MaxItems = request.MaxItems ?? Largest };
    }

    private UpdateHealthCheckResponse UpdateCheck(UpdateHealthCheckRequest request)
    {
        var check = Check(request.HealthCheckId);
        if (request.HealthCheckVersion is { } version && version != check.Version)
        {
            throw new AwsErrorException("HealthCheckVersionMismatch", $"The health check version {version} does not match the current one, {check.Version}.", 409);
        }

        var old = check.Config;
        var config = new HealthCheckConfig
        {
            Type = old.Type,
            RequestInterval = old.RequestInterval,
            IPAddress = request.IPAddress ?? old.IPAddress,
            FullyQualifiedDomainName = request.FullyQualifiedDomainName ?? old.FullyQualifiedDomainName,
            Port = request.Port ?? old.Port,
            ResourcePath = request.ResourcePath ?? old.ResourcePath,
            FailureThreshold = request.FailureThreshold ?? old.FailureThreshold,
            Inverted = request.Inverted ?? old.Inverted,
            Disabled = request.Disabled ?? old.Disabled,
        };
        Require(config);
        (check.Config, check.Version) = (config, check.Version + 1);
        return new UpdateHealthCheckResponse { HealthCheck = Shape(check) };
    }

    private DeleteHealthCheckResponse DeleteCheck(DeleteHealthCheckRequest request)
    {
        var check = Check(request.HealthCheckId);
        _checks.TryRemove(check.Id, out _);
        check.Dispose();
        return new DeleteHealthCheckResponse();
    }

    private GetHealthCheckStatusResponse GetStatus(GetHealthCheckStatusRequest request)
    {
        var check = Check(request.HealthCheckId);
        return new GetHealthCheckStatusResponse
        {
            HealthCheckObservations = [new HealthCheckObservation { Region = Home, IPAddress = "127.0.0.1", StatusReport = new StatusReport { Status = check.Status, CheckedTime = check.Checked } }],
        };
    }

    private HealthCheck Check(string id) => _checks.GetValueOrDefault(id) ?? throw new AwsErrorException("NoSuchHealthCheck", $"A health check with id {id} does not exist.", 404);

    private static void Require(HealthCheckConfig config)
    {
        if (config.Type.Value is not ("HTTP" or "TCP"))
        {
            throw HonouredMembers.NotImplemented($"health checks of type {config.Type.Value}, only HTTP and TCP");
        }

        if (config.IPAddress is null && config.FullyQualifiedDomainName is null)
        {
            throw new AwsErrorException("InvalidInput", "Invalid parameter : Either IPAddress or FullyQualifiedDomainName must be specified.");
        }

        if (config.Type.Value == "TCP" && config.Port is null)
        {
            throw new AwsErrorException("InvalidInput", "Invalid parameter : Port must be specified for TCP health checks.");
        }

        if (config.RequestInterval is not (null or 10 or 30))
        {
            throw new AwsErrorException("InvalidInput", "Invalid parameter : Request interval must be 10 or 30.");
        }
    }

    private static bool IsSame(HealthCheckConfig one, HealthCheckConfig other) =>
        one.Type.Value == other.Type.Value && one.IPAddress == other.IPAddress && one.FullyQualifiedDomainName == other.FullyQualifiedDomainName && one.Port == other.Port
        && one.ResourcePath == other.ResourcePath && one.RequestInterval == (other.RequestInterval ?? 30) && one.FailureThreshold == (other.FailureThreshold ?? 3);

    private static Amazon.Route53.Model.HealthCheck Shape(HealthCheck check) => new() { Id = check.Id, CallerReference = check.Reference, HealthCheckConfig = check.Config, HealthCheckVersion = check.Version };
}
