using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Amazon;
using Amazon.AutoScaling;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.FIS;
using Amazon.RDS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using ChaosHarness.Aws.Accounts;

namespace ChaosHarness.LocalCloud.Contract;

/// <summary>Where cases are checked: an account or a local cloud. What they make there has names and tags of its own, and is gone when this is disposed of.</summary>
public sealed class ContractAccount : IAsyncDisposable
{
    /// <summary>The tag that everything carries which cases make.</summary>
    public const string Tag = "chaosharness:contract";

    private readonly ConcurrentDictionary<string, Lazy<Task<object>>> _shared = new(StringComparer.Ordinal);
    private readonly ConcurrentStack<Func<Task>> _removals = new();

    /// <summary>Names where cases are checked.</summary>
    /// <param name="account">The account.</param>
    /// <param name="credentials">Who asks in it, for requests that are signed wrongly by intent.</param>
    public ContractAccount(AwsAccount account, AWSCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(account);
        Account = account;
        Credentials = credentials;
    }

    /// <summary>The account.</summary>
    public AwsAccount Account { get; }

    /// <summary>What the names of everything begin with that cases make.</summary>
    public string Prefix { get; } = "chc-" + RandomNumberGenerator.GetHexString(6, lowercase: true);

    /// <summary>How long cases wait for what takes its time.</summary>
    /// <value>Default: 40 s for an endpoint of one's own, 45 minutes for AWS.</value>
    public TimeSpan Patience { get; init; }

    /// <summary>The name of an Application Load Balancer with one target group of instances, which checks <c>/hello</c> at port 8080.</summary>
    public string? LoadBalancer { get; init; }

    /// <summary>The ARN of a role that FIS and the caller may take on.</summary>
    public string? Role { get; init; }

    /// <summary>The account in another region.</summary>
    internal AwsAccount Elsewhere => Account.InRegion(Account.Region == RegionEndpoint.USWest2.SystemName ? RegionEndpoint.USEast1 : RegionEndpoint.USWest2);

    internal AWSCredentials Credentials { get; }

    internal IAmazonAutoScaling AutoScaling => Account.AutoScaling;

    internal IAmazonCloudWatch CloudWatch => Account.CloudWatch;

    internal IAmazonEC2 Ec2 => Account.Ec2;

    internal IAmazonFIS Fis => Account.Fis;

    internal IAmazonElasticLoadBalancingV2 LoadBalancing => Account.LoadBalancing;

    internal IAmazonRDS Rds => Account.Rds;

    internal IAmazonS3 S3 => Account.S3;

    internal IAmazonSecurityTokenService Sts => Account.Sts;

    internal bool IsAws => Account.Endpoint is null;

    /// <summary>Removes everything that cases made.</summary>
    /// <returns>When it is gone, or has been told to go.</returns>
    public async ValueTask DisposeAsync()
    {
        var failed = new List<Exception>();
        while (_removals.TryPop(out var remove))
        {
            try
            {
                await remove();
            }
            catch (Exception exception) when (exception is AmazonServiceException or HttpRequestException or ContractBrokenException)
            {
                failed.Add(exception);
            }
        }

        if (failed.Count > 0)
        {
            throw new AggregateException($"Not everything could be removed whose name begins with {Prefix}; look for the tag {Tag}", failed);
        }
    }

    internal string Name(string what) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{what}");

    /// <summary>What several cases only look at: made by the first that wants it.</summary>
    internal async Task<T> SharedAsync<T>(Func<ContractAccount, Task<T>> make)
        where T : notnull => (T)await _shared.GetOrAdd(typeof(T).Name, _ => new Lazy<Task<object>>(async () => await make(this))).Value;

    /// <summary>Has something removed at the end, the newest first.</summary>
    internal void OnEnd(Func<Task> remove) => _removals.Push(remove);

    /// <exception cref="ContractBrokenException">It did not come to hold.</exception>
    internal async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var patience = Patience > TimeSpan.Zero ? Patience : IsAws ? TimeSpan.FromMinutes(45) : TimeSpan.FromSeconds(40);
        var since = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new ContractBrokenException(what, "to hold", string.Create(CultureInfo.InvariantCulture, $"not so within {patience.TotalSeconds:0} s"));
            }

            await Task.Delay(IsAws ? 5000 : 50);
        }
    }

    internal string RoleArn => Role ?? (IsAws ? throw new ContractImpossibleException("a role is needed that FIS and the caller may take on: CHAOSHARNESS_CONTRACT_ROLE names its ARN") : "arn:aws:iam::000000000000:role/contract");

    internal string LoadBalancerName => LoadBalancer ?? throw new ContractImpossibleException("a load balancer is needed with one target group that checks /hello at port 8080: CHAOSHARNESS_CONTRACT_LOAD_BALANCER names it");
}
